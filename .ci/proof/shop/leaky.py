"""A project that leaks 50 KB a request, for web servers to serve."""

import os

from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import re_path
from proof.resources import resident_mb

kept = []


def leak(request):
    """Answers with the worker's process and its memory."""
    kept.append(os.urandom(50_000))
    return JsonResponse({"pid": os.getpid(), "mb": resident_mb(os.getpid())})


urlpatterns = [re_path("", leak)]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
application = get_wsgi_application()
