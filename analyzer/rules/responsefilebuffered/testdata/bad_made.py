# shop/views.py
import os

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from shop.models import Agreement, Order, Quake
from shop.reports import make_report, render_annex


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


def sheet(request, shop, number):
    path = os.path.join(settings.MEDIA_ROOT, shop, f"{number}.pdf")
    return HttpResponse(open(path, "rb"))  # want "consumes an iterator"


def measurements(request, well, kind):
    path = well.path_of(kind)
    if not os.path.exists(path):
        path = os.path.join(well.folder(), f"{kind}.gz")
    return HttpResponse(open(path, "rb").read())  # want "The response holds the whole file in memory"


def order_invoice(request, pk):
    def answer(path):
        return HttpResponse(default_storage.open(path, "rb"), content_type="application/pdf")  # want "consumes an iterator"

    return answer(Order.objects.get(pk=pk).get_invoice_path())


def annex(request, pk):
    agreement = get_object_or_404(Agreement, pk=pk)
    if not agreement.document:
        render_annex(agreement)
    return HttpResponse(agreement.document.read())  # want "The response holds the whole file in memory"


def shake_map(request, pk):
    quake = get_object_or_404(Quake, pk=pk)
    return HttpResponse(quake.impact_map.read(), content_type="application/pdf")  # want "The response holds the whole file in memory"
