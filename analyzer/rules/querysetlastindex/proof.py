"""Up to 10,000 orders of half a kilobyte in SQLite; the most that is held at once while the newest is fetched."""

from proof import attempt, fill, peak_by_rows
from shop.models import Order


def measure(page):
    return peak_by_rows(page.newest)


def check(bad, fixed):
    assert bad["peak_mb"] > 8
    assert fixed["peak_mb"] < 0.5


def remarks():
    fill(3)
    assert attempt(Order.objects.all()[:2].last).startswith("TypeError")
    assert Order.objects.none().last() is None
    assert Order.objects.last() == Order.objects.order_by("pk").last()
