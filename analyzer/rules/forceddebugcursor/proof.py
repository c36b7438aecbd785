"""A count of one query, and then 100 queries of 100 KB outside any request; what is held afterwards."""

from proof import held
from shop.models import Order

QUERIES = 100


def ask(n):
    return Order.objects.filter(note=f"{n:0100000}").exists()


def measure(page):
    assert page.count_queries(lambda: ask(0)) == 1
    return held(ask, times=QUERIES, of="queries")


def check(bad, fixed):
    assert bad["held_mb"] > 9
    assert fixed["held_mb"] < 0.5


def remarks():
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    def capture(n):
        with CaptureQueriesContext(connection):
            ask(n)

    captured = held(capture, times=QUERIES, of="queries")["held_mb"]
    reset_queries()
    assert captured > 9
    return {"captured_held_mb": captured}
