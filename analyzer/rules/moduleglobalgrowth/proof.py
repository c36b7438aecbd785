"""A function called for 5,000 users; what is held afterwards."""

from proof import held
from shop.models import Customer, Discount

USERS = 5_000


class Rows:
    """Has a row for everybody, without a database: what is held is what is remembered."""

    def __init__(self):
        self.objects = self

    def filter(self, user):
        self.found = user
        return self

    def first(self):
        return Discount(pk=1, user=self.found)


def measure(page):
    page.Discount = Rows()
    return held(lambda n: page.discount(Customer(pk=n)), times=USERS, of="users")


def check(bad, fixed):
    assert bad["held_mb"] > 2
    assert fixed["held_mb"] < bad["held_mb"] / 5
