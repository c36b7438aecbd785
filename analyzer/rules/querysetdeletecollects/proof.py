"""Up to 10,000 orders of half a kilobyte in SQLite with two lines each, which cascade; the most that is held at once."""

from django.apps import apps
from django.db.models.signals import post_delete
from proof import fill, peak
from shop.models import Category, Line, Order

ROWS = (2_500, 5_000, 10_000)

# The page's example defines the models again, to show the relation: let it, and purge the real ones.
del apps.all_models["shop"]["order"], apps.all_models["shop"]["line"]


def measure(page):
    apps.all_models["shop"] |= {"order": Order, "line": Line}
    apps.clear_cache()
    page.Order = Order

    def purge(size):
        page.purge()
        assert not Order.objects.exists() and not Line.objects.exists()

    return peak(purge, ROWS, of="rows", prepare=lambda size: fill(size, lines=2))


def check(bad, fixed):
    assert bad["peak_mb"] > 8
    assert fixed["peak_mb"] < 3


def remarks():
    def weigh():
        def prepare(size):
            Category.objects.bulk_create(Category(name=f"category {n}") for n in range(size))

        return peak(lambda size: Category.objects.all().delete(), ROWS, of="rows", prepare=prepare)["peak_mb"]

    plain = weigh()
    post_delete.connect(lambda sender, **kwargs: None, sender=Category, weak=False)
    with_receiver = weigh()
    assert plain < 0.2 and with_receiver > 10 * plain
    return {"nothing_waits_peak_mb": plain, "receiver_waits_peak_mb": with_receiver}
