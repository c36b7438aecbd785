# shop/views.py
# Procfile: web: uvicorn shop.asgi:application
import csv

import requests
from django.http import FileResponse, StreamingHttpResponse
from django.views import View

from shop.models import Order


class Echo:
    def write(self, value):
        return value


def export(request):
    writer = csv.writer(Echo())
    rows = (writer.writerow([o.number]) for o in Order.objects.iterator())
    return StreamingHttpResponse(rows, content_type="text/csv")  # want "collects all of a generator in memory"


def lines():
    for order in Order.objects.iterator():
        yield f"{order.number}\n"


def plain(request):
    return StreamingHttpResponse(streaming_content=lines())  # want "Under ASGI (Procfile:1) `StreamingHttpResponse` collects all of `lines()`"


def stored(request, order):
    def pieces():
        document = order.render()
        yield document

    def copies():
        for _ in range(order.copies):
            yield order

    if request.GET.get("copies"):
        return StreamingHttpResponse(copies())  # want "collects all of `copies()`"
    return StreamingHttpResponse(pieces())  # want "collects all of `pieces()`"


def mapped(request):
    return StreamingHttpResponse(map(str.encode, lines()))  # want "collects all of `lines()`"


def invoice(request, path):
    return FileResponse(open(path, "rb"), as_attachment=True)  # want "`FileResponse` collects all of the file"


def proxy(request, url):
    remote = requests.get(url, stream=True, timeout=10)
    return StreamingHttpResponse(remote.iter_content(65536))  # want "collects all of `iter_content()`"


class Orders(View):
    def get(self, request):
        return StreamingHttpResponse(self.rows())  # want "collects all of `rows()`"

    def rows(self):
        yield from Order.objects.values_list("number", flat=True).iterator()
