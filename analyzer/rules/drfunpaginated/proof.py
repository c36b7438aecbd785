"""A list of up to 5,000 orders in SQLite through REST framework; the most that is held at once."""

from django.conf import settings
from proof import Site, peak_by_rows

PAGED = {"DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination", "PAGE_SIZE": 50}

# The framework reads them when it is imported, which the second piece does.
settings.REST_FRAMEWORK = PAGED


def measure(page):
    settings.REST_FRAMEWORK = getattr(page, "REST_FRAMEWORK", PAGED)
    from rest_framework import serializers, viewsets
    from shop.models import Order

    class OrderSerializer(serializers.ModelSerializer):
        class Meta:
            model = Order
            fields = ["number", "total", "note"]

    class OrderViewSet(viewsets.ReadOnlyModelViewSet):
        queryset = Order.objects.order_by("pk")

    views = getattr(page, "OrderViewSet", OrderViewSet)
    views.serializer_class = OrderSerializer
    views.permission_classes = views.authentication_classes = ()
    site = Site(views.as_view({"get": "list"}))
    return peak_by_rows(site.get, rows=(1_000, 2_500, 5_000))


def check(bad, fixed):
    assert bad["peak_mb"] > 5
    assert fixed["peak_mb"] < 1
