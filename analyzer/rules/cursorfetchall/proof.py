"""Up to 10,000 orders in SQLite, two columns of which a report reads; the most that is held at once."""

from proof import peak_by_rows


def measure(page):
    return peak_by_rows(lambda: page.report(lambda number, total: None), paid=True)


def check(bad, fixed):
    assert bad["peak_mb"] > 1
    assert fixed["peak_mb"] < 0.3
