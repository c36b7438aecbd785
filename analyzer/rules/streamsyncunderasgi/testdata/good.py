# shop/views.py
# Procfile: web: uvicorn shop.asgi:application
import asyncio
import io
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.views import View

from shop.models import Order
from shop.streams import rows_of


async def chunks(path):
    with open(path, "rb") as file:
        while chunk := await asyncio.to_thread(file.read, 65536):
            yield chunk


def invoice(request, path):
    return StreamingHttpResponse(chunks(path))


async def export(request):
    return StreamingHttpResponse(f"{o.number}\n" async for o in Order.objects.aiterator())


# It is in memory already.
def small(request):
    lines = [f"{o.number}\n" for o in Order.objects.all()[:50]]
    return StreamingHttpResponse(map(str.encode, lines))


def picture(request):
    buffer = io.BytesIO(b"...")
    return FileResponse(buffer)


def stored(request, order):
    document = order.document

    def pieces():
        if document:
            yield document
        else:
            yield b""

    return StreamingHttpResponse(pieces())


# A file of the project's own.
def terms(request):
    return FileResponse(open(Path(settings.BASE_DIR) / "terms.pdf", "rb"))


# Who knows what these are.
def other(request, rows):
    if request.GET.get("given"):
        return StreamingHttpResponse(rows)
    return StreamingHttpResponse(rows_of(request.user))


def whole(request):
    return HttpResponse(o.number for o in Order.objects.all()[:50])


class Orders(View):
    async def get(self, request):
        return StreamingHttpResponse(self.rows())

    async def rows(self):
        async for order in Order.objects.aiterator():
            yield order.number


async def odd(request):
    own = map(str, own)
    return StreamingHttpResponse(own), StreamingHttpResponse(map())


def debug_page(request):
    return StreamingHttpResponse(order.number for order in Order.objects.iterator())
