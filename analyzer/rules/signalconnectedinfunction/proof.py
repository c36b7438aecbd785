"""200 orders, each made by a view or with the receiver connected at the start; the receivers that are there afterwards."""

import gc
import weakref
from importlib import import_module
from unittest.mock import Mock

from django.db.models.signals import post_save
from proof import counted
from shop.models import Customer, Order
from shop.receivers import notify

CALLS = 200


def measure(page):
    customer = Customer.objects.create(email="somebody@shop.example")
    if hasattr(page, "ShopConfig"):
        page.ShopConfig("shop", import_module("shop")).ready()

        def order(n):
            Order.objects.create(user=customer)
    else:

        def order(n):
            page.checkout(Mock(user=customer))

    return counted(order, CALLS, of="calls", what="receivers", count=lambda: len(post_save.receivers))


def check(bad, fixed):
    assert bad["receivers"] == CALLS
    assert fixed["receivers"] == 0


def connect_local(n):
    def local(sender, **kwargs):
        pass

    post_save.connect(local, sender=Order)


def connect_once_by_uid(n):
    post_save.connect(notify, sender=Order, dispatch_uid="shop.notify")


def connect_and_disconnect(n):
    post_save.connect(notify, sender=Order)
    post_save.disconnect(notify, sender=Order)


def remarks():
    def finalizers(connect):
        gc.collect()
        before = len(weakref.finalize._registry), len(post_save.receivers)
        for n in range(CALLS):
            connect(n)
        gc.collect()
        post_save._clear_dead_receivers()
        return len(weakref.finalize._registry) - before[0], len(post_save.receivers) - before[1]

    assert finalizers(connect_local) == (0, 0)
    assert finalizers(connect_once_by_uid) == (CALLS, 1)
    assert finalizers(connect_and_disconnect) == (CALLS, 0)
    return {"finalizers_in_spite_of_dispatch_uid": CALLS, "finalizers_in_spite_of_disconnect": CALLS}
