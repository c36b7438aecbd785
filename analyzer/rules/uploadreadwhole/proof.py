"""Uploads of up to 50 MB through the WSGI handler to a view; the most that is held at once."""

import csv
import io

from django.http import HttpResponse
from proof import Site, Upload, peak
from shop.models import Invoice

MEGABYTES = range(10, 51, 20)


def measure(page):
    sizes = []
    page.process = lambda piece: sizes.append(len(piece))
    figures = send(page.upload, MEGABYTES)
    return figures | {"bytes": sum(sizes)}


def send(view, megabytes):
    site = Site(view)
    uploads = {size: Upload(size) for size in megabytes}
    return peak(lambda size: site.post(uploads[size]), megabytes, of="MB uploaded")


def check(bad, fixed):
    # All that was sent, and the first upload a second time.
    assert bad["bytes"] == fixed["bytes"] == 1_000_000 * (sum(MEGABYTES) + MEGABYTES[0])
    assert bad["peak_mb"] >= 50
    assert fixed["peak_mb"] < 5


def joined(upload):
    return len(b"".join(upload.chunks()))


def buffered(upload):
    buffer = io.BytesIO()
    for chunk in upload.chunks():
        buffer.write(chunk)
    return buffer.tell()


def lines(upload):
    return sum(len(line) for line in upload)


def text(upload):
    rows = csv.reader(io.TextIOWrapper(upload, encoding="utf-8", newline=""), delimiter=";")
    return sum(len(";".join(row).encode()) + 1 for row in rows)


def saved(upload):
    invoice = Invoice()
    invoice.document.save("orders.csv", upload, save=False)
    return invoice.document.size


def remarks():
    figures = {f"{way.__name__}_peak_mb": weigh(way) for way in (joined, buffered, lines, text, saved)}
    assert min(figures["joined_peak_mb"], figures["buffered_peak_mb"]) >= 50
    assert max(figures["lines_peak_mb"], figures["text_peak_mb"], figures["saved_peak_mb"]) < 5
    return figures


def weigh(way):
    sizes = set()

    def view(request):
        sizes.add(way(request.FILES["file"]))
        return HttpResponse("ok")

    figures = send(view, [50])
    assert sizes == {50_000_000}, way.__name__
    return figures["peak_mb"]
