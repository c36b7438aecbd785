"""Up to 10,000 orders with numbers of 2 KB, or a file of 20 MB, through the ASGI handler; the most that is held at once."""

from django.db.models import Value
from proof import ROWS, AsyncSite, file_of, fill, peak
from shop.models import Order

MEGABYTES = (5, 10, 20)


def measure(page):
    if hasattr(page, "invoice"):
        files = {size: file_of(size) for size in MEGABYTES}
        return peak(lambda size: AsyncSite(page.invoice, path=files[size]).get(), MEGABYTES, of="MB sent")

    def prepare(rows):
        fill(rows)
        Order.objects.update(number=Value("2026" * 500), note="")

    site = AsyncSite(page.export)
    return peak(lambda rows: site.get(), ROWS, of="rows", prepare=prepare)


def check(bad, fixed):
    assert bad["peak_mb"] > 20
    assert fixed["peak_mb"] < 14
