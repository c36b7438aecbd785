"""Up to 10,000 orders of half a kilobyte in SQLite; the most that is held at once while one is looked for."""

from proof import attempt, fill, peak_by_rows
from shop.models import Order


def measure(page):
    if hasattr(page, "is_known"):
        return peak_by_rows(lambda: page.is_known("somebody@example.com"))
    fill(1, late=True)
    order = Order.objects.get()
    return peak_by_rows(lambda: page.is_late(order), late=True)


def check(bad, fixed):
    assert bad["peak_mb"] > 8
    assert fixed["peak_mb"] < 0.5


def remarks():
    fill(1)
    order = Order.objects.get()
    assert attempt(Order.objects.contains, Order()).startswith("ValueError")
    assert attempt(Order.objects.values("pk").contains, order).startswith("TypeError")
