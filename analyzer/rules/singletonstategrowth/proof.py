"""1,000 requests of a superuser for the list of orders; the columns that the admin class then shows."""

from unittest.mock import Mock

from django.conf import settings
from django.test import override_settings
from proof import counted
from shop.models import Order

override_settings(INSTALLED_APPS=[*settings.INSTALLED_APPS, "django.contrib.admin"]).enable()

REQUESTS = 1_000


def measure(page):
    one = page.admin.site._registry[Order]
    assert type(one) is page.OrderAdmin
    request = Mock(user=Mock(is_superuser=True))
    return counted(
        lambda n: one.get_list_display(request),
        REQUESTS,
        of="requests",
        what="columns",
        count=lambda: len(one.list_display),
    )


def check(bad, fixed):
    assert bad["columns"] == REQUESTS
    assert fixed["columns"] == 0
