# shop/views.py
# requirements.txt: Django==4.1.13
# Procfile: web: daphne shop.asgi:application
# ASGI sends each piece as it comes, and takes no asynchronous iterator.
from django.http import FileResponse, StreamingHttpResponse

from shop.models import Order


def download(request, path):
    return FileResponse(open(path, "rb"))


def export(request):
    return StreamingHttpResponse(str(order) for order in Order.objects.iterator())
