# shop/exports.py
from itertools import islice

from django.contrib.auth.models import Group

from shop.models import Order


def export(write):
    for order in Order.objects.iterator():
        write(order)


def in_pieces(write):
    rows = Order.objects.iterator(chunk_size=2000)
    while batch := list(islice(rows, 500)):
        write(batch)


def first():
    return list(Order.objects.order_by("created")[:10].iterator())


def known(keys):
    return list(Order.objects.filter(pk__in=keys).iterator())


def numbers():
    # One column: the result cache would be a second list of the same size.
    return list(Order.objects.values_list("number", flat=True).iterator())


def looked_up():
    return {order.pk: order for order in Order.objects.iterator()}, set(Order.objects.iterator())


def late():
    # What a condition leaves is not every row.
    return [order for order in Order.objects.iterator() if order.is_late()]


def names():
    return [order.name for order in Order.objects.iterator()]


def groups():
    return list(Group.objects.all().iterator())


def other(tree):
    return list(tree.iterator())
