"""A function called with 5,000 different ids; what is held afterwards."""

from proof import held
from shop.models import Discount

IDS = 5_000


class Rows:
    """Has a row for everybody, without a database: what is held is what is remembered."""

    def __init__(self):
        self.objects = self

    def filter(self, user):
        self.found = user
        return self

    def first(self):
        return Discount(pk=1, user_id=self.found)


def measure(page):
    page.Discount = Rows()
    figures = held(page.discount, times=IDS, of="ids")
    return figures | {"entries": page.discount.cache_info().currsize}


def check(bad, fixed):
    assert bad["entries"] == IDS and bad["held_mb"] > 1
    assert fixed["entries"] == 1024 and fixed["held_mb"] < bad["held_mb"] / 3
