"""100 queries of 100 KB outside any request; what is held afterwards."""

from django.conf import settings
from django.db import reset_queries
from proof import held
from shop.models import Order

QUERIES = 100


def measure(page):
    settings.DEBUG = page.DEBUG
    return held(lambda n: Order.objects.filter(note=f"{n:0100000}").exists(), times=QUERIES, of="queries")


def check(bad, fixed):
    assert bad["held_mb"] > 9
    assert fixed["held_mb"] < 0.5


def remarks():
    settings.DEBUG = True

    def ask(n):
        reset_queries()
        Order.objects.filter(note=f"{n:0100000}").exists()

    reset = held(ask, times=QUERIES, of="queries")["held_mb"]
    assert reset < 0.5
    return {"with_reset_queries_held_mb": reset}
