"""5,000 orders of two lines each in SQLite; the queries that their export sends."""

import warnings

import django
from proof import attempt, fill, queries

ORDERS = 5000


def measure(page):
    fill(orders=ORDERS, lines=2)
    written = []
    with queries() as sent, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        error = attempt(page.export, lambda order, lines: written.extend(lines))
    return {"error": error, "lines": len(written), "queries": len(sent), "warnings": len(warned)}


def check(bad, fixed):
    if django.VERSION >= (5, 0):
        assert bad["error"].startswith("ValueError: chunk_size must be provided")
    else:
        assert bad == {"error": "", "lines": 2 * ORDERS, "queries": 1 + ORDERS, "warnings": 1}
    # One query for the orders, and one for the lines of each chunk of 2,000 of them.
    assert fixed == {"error": "", "lines": 2 * ORDERS, "queries": 1 + 3, "warnings": 0}
