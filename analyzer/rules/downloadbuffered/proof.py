"""Up to 20 MB from a web server on the same machine, written to a file; the most that is held at once."""

import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import requests
from django.conf import settings
from proof import file_of, peak

MEGABYTES = (5, 10, 20)


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def measure(page):
    out = os.path.join(settings.BASE_DIR, "out")
    return download(lambda url: page.fetch(url, out))


def download(fetch):
    files = {size: os.path.basename(file_of(size)) for size in MEGABYTES}
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=settings.BASE_DIR)) as server:
        Thread(target=server.serve_forever).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        figures = peak(lambda size: fetch(url + files[size]), MEGABYTES, of="MB fetched")
        server.shutdown()
    return figures


def check(bad, fixed):
    assert bad["peak_mb"] >= 20
    assert fixed["peak_mb"] < 3


def remarks():
    def text(url):
        return requests.get(url, timeout=30).text

    def unbounded_pieces(url):
        with requests.get(url, stream=True, timeout=30) as response:
            return sum(map(len, response.iter_content(chunk_size=None)))

    figures = {
        "text_peak_mb": download(text)["peak_mb"],
        "chunk_size_none_peak_mb": download(unbounded_pieces)["peak_mb"],
    }
    assert min(figures.values()) >= 20
    return figures
