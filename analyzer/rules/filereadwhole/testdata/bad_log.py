# shop/views.py
import os

from django.conf import settings
from django.http import JsonResponse


def import_log(request, log_path):
    with open(log_path) as handle:
        lines = [line.rstrip() for line in handle]  # want "The list holds every line of the file in memory, and a log has more of them each day"
    return JsonResponse({"lines": lines})


def visits(request):
    path = os.path.join(settings.BASE_DIR, "logs", "visits.log")
    with open(path) as handle:
        lines = handle.readlines()  # want "and a log has more of them each day"
    return JsonResponse({"lines": lines, "found": len(lines)})
