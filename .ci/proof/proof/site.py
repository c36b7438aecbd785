"""Requests through Django's own handlers, as a server sends them."""

import asyncio
import os
from io import BytesIO
from tempfile import NamedTemporaryFile
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import clear_url_caches, re_path
from shop import urls


class Site:
    """The project as one process of a server runs it: this middleware, and one view, with these arguments, for every path."""

    def __init__(self, view=lambda request: HttpResponse("ok"), middleware=(), **arguments):
        route(view, middleware, arguments)
        self.handler = WSGIHandler()

    def get(self, path="/"):
        """Returns the length of what the view sends, and keeps none of it."""
        return self.request({"REQUEST_METHOD": "GET", "PATH_INFO": path})

    def post(self, upload):
        """Sends an upload from the disk, so that only what Django makes of it is in memory."""
        with open(upload.name, "rb") as body:
            return self.send_body(
                body, f"multipart/form-data; boundary={Upload.BOUNDARY}", os.path.getsize(upload.name)
            )

    def post_form(self, **fields):
        body = urlencode(fields).encode()
        return self.send_body(BytesIO(body), "application/x-www-form-urlencoded", len(body))

    def send_body(self, body, content_type, length):
        return self.request(
            {
                "REQUEST_METHOD": "POST",
                "PATH_INFO": "/upload/",
                "CONTENT_TYPE": content_type,
                "CONTENT_LENGTH": str(length),
                "wsgi.input": body,
            }
        )

    def request(self, environ):
        status = []
        setup_testing_defaults(environ)
        response = self.handler(environ, lambda line, headers: status.append(line))
        sent = sum(map(len, response))
        response.close()
        assert status == ["200 OK"], status
        return sent


class AsyncSite:
    """The same as one process of an ASGI server runs it."""

    def __init__(self, view=lambda request: HttpResponse("ok"), middleware=(), **arguments):
        route(view, middleware, arguments)
        self.handler = ASGIHandler()

    def get(self, path="/"):
        """Returns the length of what the view sends, and keeps none of it."""
        return asyncio.run(self.request(path))

    async def request(self, path="/"):
        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
        messages = asyncio.Queue()
        messages.put_nowait({"type": "http.request"})
        sent = []

        async def send(message):
            if message["type"] == "http.response.start":
                assert message["status"] == 200, message
            else:
                sent.append(len(message.get("body", b"")))

        await self.handler(scope, messages.get, send)
        return sum(sent)


def route(view, middleware, arguments):
    settings.MIDDLEWARE = [f"{one.__module__}.{one.__qualname__}" for one in middleware]
    urls.urlpatterns = [re_path("", view, arguments)]
    clear_url_caches()


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


def file_of(megabytes):
    """Writes a file of that many MB, in lines of 50 bytes, and returns its path."""
    with NamedTemporaryFile(suffix=".csv", dir=settings.BASE_DIR, delete=False) as file:
        for _ in range(megabytes):
            file.write(Upload.LINE * 20_000)
    return file.name
