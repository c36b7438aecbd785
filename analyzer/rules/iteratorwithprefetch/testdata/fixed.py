# shop/exports.py
from django.db.models import Prefetch

from shop.models import Line, Order


def export(write):
    for order in Order.objects.prefetch_related("lines").iterator(chunk_size=2000):  # want "`iterator()` after `prefetch_related()`"
        write(order)


def export_open(write):
    orders = Order.objects.filter(open=True).prefetch_related(
        Prefetch("lines", queryset=Line.objects.order_by("pk"))
    )
    orders = orders.order_by("created")
    for order in orders.iterator(chunk_size=2000):  # want "has no chunk_size"
        write(order)


def refund(customer):
    return [
        order.pk
        for order in customer.order_set.prefetch_related("lines")
        .select_related("customer")
        .iterator(chunk_size=2000)  # want "ValueError since Django 5.0"
    ]
