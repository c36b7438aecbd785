"""Two columns of up to 60,000 orders in SQLite; the most that is held at once while they are added up."""

from proof import peak_by_rows


def measure(page):
    return peak_by_rows(page.total, rows=(20_000, 40_000, 60_000))


def check(bad, fixed):
    assert bad["peak_mb"] > 2.5 * fixed["peak_mb"]
