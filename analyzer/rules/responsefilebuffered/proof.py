"""A file of up to 30 MB from the disk through the WSGI or the ASGI handler; the most that is held at once."""

from asyncio import iscoroutinefunction

from django.http import FileResponse, HttpResponse
from proof import AsyncSite, Site, file_of, peak

MEGABYTES = (10, 20, 30)


def measure(page):
    return send(AsyncSite if iscoroutinefunction(page.download) else Site, page.download)


def send(site, view):
    files = {size: file_of(size) for size in MEGABYTES}

    def download(size):
        assert site(view, path=files[size]).get() == size * 1_000_000

    return peak(download, MEGABYTES, of="MB sent")


def check(bad, fixed):
    assert bad["peak_mb"] >= 30
    assert fixed["peak_mb"] < 3


def remarks():
    iterated = send(Site, lambda request, path: HttpResponse(open(path, "rb")))["peak_mb"]
    under_asgi = send(AsyncSite, lambda request, path: FileResponse(open(path, "rb")))["peak_mb"]
    assert iterated >= 60 and under_asgi >= 30
    return {"iterated_peak_mb": iterated, "fileresponse_under_asgi_peak_mb": under_asgi}
