"""The module's one object asked about 10,000 users; what is held afterwards."""

from proof import held
from shop.models import Customer

USERS = 10_000


def measure(page):
    page.Gateway.fetch = lambda self, path: {"path": path, "orders": 3}
    return held(lambda n: page.gateway.customer(Customer(pk=n)), times=USERS, of="users")


def check(bad, fixed):
    assert bad["held_mb"] > 2
    assert fixed["held_mb"] < bad["held_mb"] / 5
