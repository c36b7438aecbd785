"""Requests through Django's own WSGI handler, as a server sends them."""

import os
from tempfile import NamedTemporaryFile
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import clear_url_caches, re_path
from shop import urls


class Site:
    """The project as one process of a server runs it: this middleware, and one view for every path."""

    def __init__(self, view=lambda request: HttpResponse("ok"), middleware=()):
        settings.MIDDLEWARE = [f"{one.__module__}.{one.__qualname__}" for one in middleware]
        urls.urlpatterns = [re_path("", view)]
        clear_url_caches()
        self.handler = WSGIHandler()

    def get(self, path):
        return self.request({"REQUEST_METHOD": "GET", "PATH_INFO": path})

    def post(self, upload):
        """Sends an upload from the disk, so that only what Django makes of it is in memory."""
        with open(upload.name, "rb") as body:
            return self.request(
                {
                    "REQUEST_METHOD": "POST",
                    "PATH_INFO": "/upload/",
                    "CONTENT_TYPE": f"multipart/form-data; boundary={Upload.BOUNDARY}",
                    "CONTENT_LENGTH": str(os.path.getsize(upload.name)),
                    "wsgi.input": body,
                }
            )

    def request(self, environ):
        status = []
        setup_testing_defaults(environ)
        response = self.handler(environ, lambda line, headers: status.append(line))
        body = b"".join(response)
        response.close()
        assert status == ["200 OK"], status
        return body


class Upload:
    """A form with one file of some MB of CSV, 20,000 rows each, written to the disk."""

    BOUNDARY = "a-line-that-no-order-has"
    LINE = b"2026-000001;umbrella, gr\xc3\xbcn;1;17.50".ljust(49, b" ") + b"\n"

    def __init__(self, megabytes):
        head = 'Content-Disposition: form-data; name="file"; filename="orders.csv"\r\nContent-Type: text/csv'
        with NamedTemporaryFile(suffix=".form", dir=settings.BASE_DIR, delete=False) as form:
            form.write(f"--{self.BOUNDARY}\r\n{head}\r\n\r\n".encode())
            for _ in range(megabytes):
                form.write(self.LINE * 20_000)
            form.write(f"\r\n--{self.BOUNDARY}--\r\n".encode())
        self.name = form.name
