"""A view that makes an order, with ATOMIC_REQUESTS, through the WSGI handler; the answer, and the rows in SQLite afterwards."""

from django.db import connection
from proof import Site
from shop.models import Order


def measure(page):
    if not hasattr(page, "orders"):
        return None
    connection.settings_dict["ATOMIC_REQUESTS"] = True
    page.create_order = lambda request: {"pk": Order.objects.create(number="2026-000001").pk}
    answered = Site(page.orders).get()
    return {"rows_saved": Order.objects.count(), "bytes_answered": answered}


def check(bad, fixed):
    # Both answer 200, which Site asserts, with {"pk": 1}.
    assert bad == {"rows_saved": 0, "bytes_answered": len('{"pk": 1}')}
    assert fixed == {"rows_saved": 1, "bytes_answered": len('{"pk": 1}')}
