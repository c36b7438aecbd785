"""The totals of 2,000 orders, each asked for once; what is held when the orders are gone."""

from functools import lru_cache
from types import SimpleNamespace

from django.views import View
from proof import alive, held

ORDERS = 2_000


def measure(page):
    page.Order.lines = SimpleNamespace(all=list)
    figures = held(lambda n: page.Order(pk=n).total, times=ORDERS, of="orders")
    return figures | {"orders_alive": alive(page.Order)}


def check(bad, fixed):
    assert bad["orders_alive"] == ORDERS and bad["held_mb"] > 0.4
    assert fixed["orders_alive"] == 0 and fixed["held_mb"] < 0.2


class OrdersView(View):
    @lru_cache
    def policy(self):
        return 1

    @staticmethod
    @lru_cache
    def policy_of(view):
        return 1


def remarks():
    def by_default_size(policy):
        for _ in range(1000):
            policy(OrdersView())
        count = alive(OrdersView)
        OrdersView.policy.cache_clear()
        OrdersView.policy_of.cache_clear()
        return count

    views = {
        "views_by_method": by_default_size(OrdersView.policy),
        "views_by_static_method": by_default_size(OrdersView.policy_of),
    }
    assert set(views.values()) == {128}
    return views
