"""Up to 10,000 orders of half a kilobyte in SQLite; the most that is held at once by a view that shows a page of 25."""

from django.test import RequestFactory
from proof import peak_by_rows


def measure(page):
    request = RequestFactory().get("/orders/")
    return peak_by_rows(lambda: list(page.orders(request)))


def check(bad, fixed):
    assert bad["peak_mb"] > 8
    assert fixed["peak_mb"] < 0.5
