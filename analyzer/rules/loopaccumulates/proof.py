"""A loop of up to 50 passes that ships 100 orders in each, and one over 10,000 orders; the most that is held at once."""

from proof import fill, passes, peak, peak_by_rows
from shop.models import Order

PASSES = (10, 25, 50)


def measure(page):
    if hasattr(page, "remind"):
        return None
    fill(100, paid=True)

    def watch(times):
        with passes(times):
            page.Command().handle()

    return peak(watch, PASSES, of="passes")


def check(bad, fixed):
    assert bad["peak_mb"] > 3
    assert fixed["peak_mb"] < 1


def remarks():
    def kept():
        orders = []
        for order in Order.objects.iterator():
            orders.append(order)

    def let_go():
        for order in Order.objects.iterator():
            order.remind()

    figures = {
        "rows_kept_peak_mb": peak_by_rows(kept, (100, 10_000))["peak_mb"],
        "rows_let_go_peak_mb": peak_by_rows(let_go, (100, 10_000))["peak_mb"],
    }
    assert figures["rows_kept_peak_mb"] > 8 and figures["rows_let_go_peak_mb"] < 4
    return figures
