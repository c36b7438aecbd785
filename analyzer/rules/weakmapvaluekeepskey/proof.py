"""Quotes for 3,000 orders; what is held when nothing else refers to the orders."""

from proof import alive, held
from shop.models import Order

ORDERS = 3_000


def measure(page):
    figures = held(lambda n: page.quote(Order(pk=n + 1)), times=ORDERS, of="orders")
    return figures | {"orders_alive": alive(Order)}


def check(bad, fixed):
    assert bad["orders_alive"] == ORDERS and bad["held_mb"] > 1
    assert fixed["orders_alive"] == 0 and fixed["held_mb"] < 0.1
