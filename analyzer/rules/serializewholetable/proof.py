"""Up to 10,000 orders in SQLite, of which a view sends two columns and an export all; the most that is held at once."""

import os

from django.conf import settings
from django.core import serializers
from django.http import JsonResponse
from proof import Site, peak_by_rows
from shop.models import Order

BRIEFLY = (100, 1_000)


def measure(page):
    if hasattr(page, "export"):
        return peak_by_rows(lambda: page.export(os.path.join(settings.BASE_DIR, "orders.json")), (1_000, 2_000, 3_000))
    site = Site(page.orders)
    return peak_by_rows(site.get)


def check(bad, fixed):
    assert bad["peak_mb"] > 3
    assert fixed["peak_mb"] < 2.5


def remarks():
    site = Site(lambda request: JsonResponse(list(Order.objects.values()), safe=False))
    all_columns = peak_by_rows(site.get, BRIEFLY)["peak_mb"]
    serialised = peak_by_rows(lambda: serializers.serialize("json", Order.objects.all()), BRIEFLY)["peak_mb"]
    assert min(all_columns, serialised) > 1.5
    return {"all_columns_peak_mb": all_columns, "serialize_peak_mb": serialised}
