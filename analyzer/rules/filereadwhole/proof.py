"""A file of up to 30 MB from the disk, copied and hashed, or read by its lines; the most that is held at once."""

from pathlib import Path

from django.conf import settings
from proof import file_of, peak
from shop.models import Invoice

MEGABYTES = (10, 20, 30)


def measure(page):
    settings.MEDIA_ROOT = settings.BASE_DIR
    invoices = {size: Invoice.objects.create(document=Path(file_of(size)).name).pk for size in MEGABYTES}
    digests = set()
    return peak(lambda size: digests.add(page.export(invoices[size], file_of(0))), MEGABYTES, of="MB read")


def check(bad, fixed):
    assert bad["peak_mb"] >= 30
    assert fixed["peak_mb"] < 3


def lines_at_once(path):
    with open(path, encoding="utf-8") as file:
        return sum(map(len, file.readlines()))


def line_by_line(path):
    with open(path, encoding="utf-8") as file:
        return sum(map(len, file))


def remarks():
    path = file_of(10)
    figures = {
        f"{way.__name__}_peak_mb": peak(lambda size: way(path), [10], of="MB")["peak_mb"]
        for way in (lines_at_once, line_by_line)
    }
    assert figures["lines_at_once_peak_mb"] > 20 and figures["line_by_line_peak_mb"] < 1
    return figures
