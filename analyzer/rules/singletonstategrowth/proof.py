"""1,000 requests of a superuser for the list of orders; the columns that the admin class then shows."""

from unittest.mock import Mock

from django.contrib import admin
from proof import counted
from shop.models import Order

REQUESTS = 1_000


def measure(page):
    one = admin.site.get_model_admin(Order) if hasattr(admin.site, "get_model_admin") else admin.site._registry[Order]
    assert type(one) is page.OrderAdmin
    request = Mock(user=Mock(is_superuser=True))
    return counted(
        lambda n: one.get_list_display(request), REQUESTS, of="requests", what="columns", count=lambda: len(one.list_display)
    )


def check(bad, fixed):
    assert bad["columns"] == REQUESTS
    assert fixed["columns"] == 0
