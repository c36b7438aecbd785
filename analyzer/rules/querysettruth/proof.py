"""Up to 10,000 orders of half a kilobyte in SQLite; the most that is held at once while it is asked whether there are any."""

from unittest.mock import Mock

from proof import peak_by_rows


def measure(page):
    return peak_by_rows(lambda: page.warn(Mock()))


def check(bad, fixed):
    assert bad["peak_mb"] > 8
    assert fixed["peak_mb"] < 0.5
