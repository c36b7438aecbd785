"""The import, and a file of up to 30 MB from the disk through the WSGI handler; the most that is held at once."""

import os
from wsgiref.util import FileWrapper

from django.conf import settings
from django.http import StreamingHttpResponse
from proof import Site, file_of, peak

MEGABYTES = (10, 20, 30)


def unloadable(error):
    # Without the path of the file, which differs from machine to machine.
    return {"error": error.partition(" (")[0]}


def measure(page):
    return {"error": ""} | send(page.download)


def send(view):
    os.chdir(settings.BASE_DIR)
    files = {size: file_of(size) for size in MEGABYTES}

    def download(size):
        os.replace(files[size], "catalogue.bin")
        assert Site(view).get() == size * 1_000_000
        os.replace("catalogue.bin", files[size])

    return peak(download, MEGABYTES, of="MB sent")


def check(bad, fixed):
    assert bad["error"].startswith("ImportError: cannot import name 'FileWrapper'")
    assert fixed["error"] == "" and fixed["peak_mb"] < 3


def remarks():
    figures = send(lambda request: StreamingHttpResponse(FileWrapper(open("catalogue.bin", "rb"))))
    assert figures["peak_mb"] < 3
    return {"wsgiref_peak_mb": figures["peak_mb"]}
