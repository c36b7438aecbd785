"""Up to 10,000 orders of half a kilobyte in SQLite; the most that is held at once by a command that works through them."""

import gc
from io import StringIO

from django.core.management import call_command
from proof import attempt, peak_by_rows
from shop.models import Order

BRIEFLY = (100, 10_000)


def measure(page):
    if hasattr(page, "index_all"):
        return peak_by_rows(page.index_all)
    return peak_by_rows(lambda: call_command(page.Command(), stdout=StringIO()))


def check(bad, fixed):
    assert bad["peak_mb"] > 8
    assert fixed["peak_mb"] < 4


def as_advised():
    """The remedy that is often given: a list, deleted when it has been worked through, and a collection."""
    orders = list(Order.objects.all())
    for order in orders:
        order.remind()
    del orders
    gc.collect()


def remarks():
    error = attempt(lambda: Order.objects.all().chunks())
    assert "has no attribute 'chunks'" in error
    advised = peak_by_rows(as_advised, BRIEFLY)["peak_mb"]
    looped = peak_by_rows(lambda: [None for order in Order.objects.all()], BRIEFLY)["peak_mb"]
    column = peak_by_rows(lambda: list(Order.objects.values_list("number", flat=True)), BRIEFLY)["peak_mb"]
    pieces = peak_by_rows(lambda: [None for order in Order.objects.iterator(chunk_size=200)], BRIEFLY)["peak_mb"]
    assert advised > 0.9 * looped > 8
    assert column < looped / 5
    assert pieces < 1
    return {
        "chunks_error": error,
        "list_and_del_peak_mb": advised,
        "loop_peak_mb": looped,
        "one_column_peak_mb": column,
        "chunk_size_200_peak_mb": pieces,
    }
