"""100 requests of one query through the ASGI handler, the garbage collector off; the connections open afterwards."""

import asyncio

from django.db import connections
from django.http import JsonResponse
from proof import AsyncSite, counted, open_connections
from shop.models import Order

REQUESTS = 100


def measure(page):
    return requests(page.DATABASES["default"]["CONN_MAX_AGE"])


def requests(age):
    connections.settings["default"]["CONN_MAX_AGE"] = age
    site = AsyncSite(lambda request: JsonResponse({"orders": Order.objects.count()}))
    with asyncio.Runner() as runner:
        return counted(
            lambda n: runner.run(site.request()),
            REQUESTS,
            of="requests",
            what="open connections",
            count=open_connections,
        )


def check(bad, fixed):
    assert bad["open_connections"] == REQUESTS
    assert fixed["open_connections"] == 0


def remarks():
    assert requests(None)["open_connections"] == REQUESTS
