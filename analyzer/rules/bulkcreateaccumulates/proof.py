"""A reminder for each of up to 6,000 orders in SQLite; the most that is held at once until all are saved."""

from proof import fill, peak
from shop.models import Reminder

ROWS = (1_000, 3_000, 6_000)


def measure(page):
    def remind(size):
        page.remind()
        assert Reminder.objects.count() == size

    return peak(remind, ROWS, of="rows", prepare=prepare)


def prepare(size):
    Reminder.objects.all().delete()
    fill(size)


def check(bad, fixed):
    assert bad["peak_mb"] > 7
    assert fixed["peak_mb"] < 5


def remarks():
    def create(**options):
        def call(size):
            Reminder.objects.bulk_create((Reminder(order_id=n) for n in range(1, size + 1)), **options)

        return peak(call, (100, ROWS[-1]), of="rows", prepare=prepare)["peak_mb"]

    at_once, by_batch_size = create(), create(batch_size=500)
    assert by_batch_size > 0.8 * at_once
    return {"at_once_peak_mb": at_once, "batch_size_500_peak_mb": by_batch_size}
