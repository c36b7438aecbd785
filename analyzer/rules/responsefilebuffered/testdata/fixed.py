# shop/views.py
import os
from wsgiref.util import FileWrapper

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404

from shop.models import Invoice


def download(request, name):
    path = os.path.join(settings.MEDIA_ROOT, name)
    return FileResponse(open(path, "rb"), content_type="application/pdf")  # want "whole file in memory: `read()` comes before the first byte"


def iterated(request, name):
    return FileResponse(open("/srv/exports/" + name, "rb"))  # want "`HttpResponse` consumes an iterator when it is made"


def opened(request, name):
    handle = open("/srv/exports/" + name, "rb")
    response = FileResponse(handle, content_type="text/csv")  # want "consumes an iterator"
    response["X-Name"] = name
    return response


def managed(request, path):
    with open(path, "rb") as handle:
        response = HttpResponse(handle.read(), content_type="application/zip")  # want "whole file in memory"
    response["Content-Disposition"] = "attachment; filename=export.zip"
    return response


def assigned(request, name):
    handle = default_storage.open(name)
    content = handle.read()
    return HttpResponse(content)  # want "whole file in memory"


def written(request, path):
    response = HttpResponse(content_type="text/csv")
    with open(path) as handle:
        response.write(handle.read())  # want "whole file in memory"
    return response


def invoice(request, pk):
    invoice = get_object_or_404(Invoice, pk=pk)
    return HttpResponse(invoice.document.read(), content_type="application/pdf")  # want "whole file in memory"


def chunks(request, invoice):
    return HttpResponse(content=invoice.pdf_file.chunks())  # want "whole file in memory"


EXPORTS = os.path.join(os.path.dirname(__file__), "exports")


def export(request, name):
    with open(os.path.join(EXPORTS, name), "rb") as handle:
        return HttpResponse(handle.read())  # want "The response holds the whole file in memory"


def in_production(request, path):
    if settings.DEBUG:
        return HttpResponse("")
    return FileResponse(open(path, "rb"))  # want "The response holds the whole file in memory"


def wrapped(request, pk):
    invoice = get_object_or_404(Invoice, pk=pk)
    wrapper = FileWrapper(invoice.scan)
    return HttpResponse(wrapper, content_type="image/png")  # want "`HttpResponse` consumes an iterator when it is made"


def wrapped_stream(request, stream):
    return HttpResponse(FileWrapper(stream), content_type="application/zip")  # want "consumes an iterator"


def handle(request, invoice):
    return HttpResponse(invoice.source_file, content_type="application/pdf")  # want "holds the whole of `invoice.source_file` in memory"


def file_response(file_obj, content_type):
    response = HttpResponse(file_obj.read(), content_type=content_type)  # want "`read()` comes before the first byte is sent"
    response["Content-Disposition"] = "attachment; filename=%s" % file_obj.name
    return response
