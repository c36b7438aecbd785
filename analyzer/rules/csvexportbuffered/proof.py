"""Up to 10,000 orders in SQLite, of which a view sends two columns as CSV; the most that is held at once."""

from proof import Site, peak_by_rows


def measure(page):
    site = Site(page.export)
    return peak_by_rows(site.get)


def check(bad, fixed):
    assert bad["peak_mb"] > 8
    assert fixed["peak_mb"] < 3
