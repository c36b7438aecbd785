"""The command over up to 100,000 rows of half a kilobyte in SQLite; the most that is held at once."""

from django.core.management import call_command
from proof import peak
from shop.models import Order, fill

ROWS = range(20_000, 100_001, 20_000)


def measure(page):
    fill(orders=ROWS[-1])

    def remind(rows):
        Order.objects.update(paid=True)
        Order.objects.filter(pk__lte=rows).update(paid=False)
        call_command(page.Command())

    return peak(remind, ROWS, of="rows")


def check(bad, fixed):
    assert bad["peak_mb"] > 50
    assert fixed["peak_mb"] < 5
