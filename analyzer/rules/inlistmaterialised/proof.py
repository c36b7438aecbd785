"""Up to 10,000 open orders of half a kilobyte in SQLite; the most that is held at once while their lines are counted."""

from proof import peak_by_rows


def measure(page):
    return peak_by_rows(lambda: page.open_lines().count(), open=True)


def check(bad, fixed):
    assert bad["peak_mb"] > 8
    assert fixed["peak_mb"] < 0.5
