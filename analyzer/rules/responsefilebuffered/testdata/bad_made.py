# shop/views.py
import os

from django.conf import settings
from django.http import HttpResponse

from shop.reports import make_report


def report(request, shop):
    folder, path = make_report(shop)
    with open(path, "rb") as handle:
        return HttpResponse(handle.read(), content_type="application/pdf")  # want "The response holds the whole file in memory"


def export(request, exporter):
    path = exporter.export_data()
    return HttpResponse(open(path, "rb"))  # want "consumes an iterator"


def blank(request, name):
    path = f"{settings.STATIC_ROOT}/forms/{name}.xlsx"
    return HttpResponse(open(path, "rb"))  # want "consumes an iterator"


def permit(request, order):
    return HttpResponse(order.permits.first().scan_file.read())  # want "The response holds the whole file in memory"


def certificate(request, participant):
    path = os.path.join(settings.MEDIA_ROOT, str(participant.entries.first().certificate))
    return HttpResponse(open(path, "rb"))  # want "consumes an iterator"
