# shop/views.py
import io
import json
import os
from wsgiref.util import FileWrapper

from django.conf import settings
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from shop.models import Order


def download(request, path):
    return FileResponse(open(path, "rb"), as_attachment=True)


def streamed(request, path):
    return StreamingHttpResponse(open(path, "rb"))


def robots(request):
    # A file of the project is as large as its authors made it.
    with open(os.path.join(settings.BASE_DIR, "robots.txt")) as handle:
        return HttpResponse(handle.read(), content_type="text/plain")


def made(request):
    buffer = io.BytesIO()
    buffer.write(b"%PDF")
    return HttpResponse(buffer.getvalue(), content_type="application/pdf")


def wrapped(request):
    # In memory already.
    return HttpResponse(FileWrapper(io.BytesIO(b"%PDF")), content_type="application/pdf")


def sent(request, stream):
    return StreamingHttpResponse(FileWrapper(stream))


def part(request, path):
    with open(path, "rb") as handle:
        return HttpResponse(handle.read(1024))


def parsed(request, path):
    with open(path) as handle:
        return HttpResponse(json.load(handle)["title"])


def named(request, document, pk):
    order = Order.objects.get(pk=pk)
    if order.open:
        return HttpResponse(document.file_name)
    # Not read, so that nothing says it is a file.
    return HttpResponse(order.document)


def badge(request, status):
    path = os.path.join(os.path.dirname(__file__), "badges", f"{status}.svg")
    with open(path) as handle:
        return HttpResponse(handle.read(), content_type="image/svg+xml")


def by_size(request, path):
    if os.path.getsize(path) > 100_000_000:
        return FileResponse(open(path, "rb"))
    return HttpResponse(open(path, "rb").read())


def not_found(request, path):
    with open(path) as handle:
        return HttpResponse(handle.read(), status=404)


class HttpPage:
    def HttpResponse(self, path):
        return HttpResponse(path)


FOLDER = os.path.dirname(__file__)


def sample(request, level):
    name = os.path.join(FOLDER, "data", "view_" + level + ".xml")
    return HttpResponse(open(name).read(), content_type="text/xml")


def sent_by_the_server(request, path):
    if settings.DEBUG:
        return HttpResponse(open(path, "rb"))
    response = HttpResponse()
    response["X-Accel-Redirect"] = path
    return response


def from_the_bucket(request, path, bucket):
    if not settings.USE_LOCAL_STORAGE:
        return bucket.redirect(path)
    else:
        return HttpResponse(open(path, "rb"))


class Statistics:
    def __init__(self):
        self.path = "statistics.txt"

    def view(self, request):
        with open(self.path) as handle:
            return HttpResponse(handle.read())


def of_buffers(buffer, report_file, row):
    # A buffer has no name, and says so.
    if row:
        return HttpResponse(buffer.read())
    return HttpResponse(report_file.read())
