"""The command over up to 10,000 orders of half a kilobyte in SQLite; the most that is held at once."""

from django.core.management import call_command
from proof import peak_by_rows


def measure(page):
    return peak_by_rows(lambda: call_command(page.Command()))


def check(bad, fixed):
    assert bad["peak_mb"] > 8
    assert fixed["peak_mb"] < 4
