"""Up to 10,000 orders of half a kilobyte in SQLite; the most that is held at once by an export that writes each away."""

from proof import peak_by_rows
from shop.models import Order


def measure(page):
    return peak_by_rows(lambda: page.export(lambda order: None), paid=True)


def check(bad, fixed):
    assert bad["peak_mb"] > 8
    assert fixed["peak_mb"] < 4


def remarks():
    return {"list_peak_mb": peak_by_rows(lambda: list(Order.objects.all()), (100, 10_000))["peak_mb"]}
