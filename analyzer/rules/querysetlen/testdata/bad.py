# shop/reports.py
from django.db.models import QuerySet

from shop.models import Customer, Order


def report(shop):
    print(len(Order.objects.filter(paid=True)))  # want "`len()` fetches every row"
    open_orders = Order.objects.filter(open=True)
    print("open orders:", len(open_orders))  # want "`len()` fetches every row"
    open_orders.update(open=False)
    if len(Customer.objects.exclude(email="")) == 0:  # want "`len()` fetches every row"
        return 0
    if len(Order.objects.filter(late=True)) > 0 and shop.open:  # want "`len()` fetches every row"
        shop.warn()
    total = len(  # want "`len()` fetches every row"
        Order.objects.filter(
            shop=shop,
        )
    )
    return total + len(shop.order_set.filter(paid=False))  # want "`len()` fetches every row"


def count(orders: QuerySet[Order]):
    return len(orders) / 2, len(list(Customer.objects.all()))  # want "`len()` fetches every row" "`len()` fetches every row"


def late(shop):
    # May be a list.
    return len(Order.objects.late()), len(shop.orders.all())  # want "`len()` fetches every row" "`len()` fetches every row"


async def count_later():
    return len(Order.objects.all())  # want "`len()` fetches every row"


def any_left():
    if not len(Order.objects.filter(late=True)):  # want "`len()` fetches every row"
        return None
    return "some" if len(Order.objects.filter(open=True)) else "none"  # want "`len()` fetches every row"
