"""A job of half a millisecond for each of up to 4,000 orders in SQLite; the most that is held at once."""

import time

from proof import peak_by_rows


def measure(page):
    page.scan = lambda order: time.sleep(0.0005)
    return peak_by_rows(page.scan_all, rows=(1_000, 2_000, 4_000))


def check(bad, fixed):
    assert bad["peak_mb"] > 2 * fixed["peak_mb"]
