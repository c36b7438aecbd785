# shop/reports.py
from django.db.models import QuerySet

from shop.models import Customer, Order


def report(shop):
    print(Order.objects.filter(paid=True).count())  # want "`len()` fetches every row"
    open_orders = Order.objects.filter(open=True)
    print("open orders:", open_orders.count())  # want "`len()` fetches every row"
    open_orders.update(open=False)
    if not Customer.objects.exclude(email="").exists():  # want "`len()` fetches every row"
        return 0
    if Order.objects.filter(late=True).exists() and shop.open:  # want "`len()` fetches every row"
        shop.warn()
    total = Order.objects.filter(
        shop=shop,
    ).count()
    return total + shop.order_set.filter(paid=False).count()  # want "`len()` fetches every row"


def count(orders: QuerySet[Order]):
    return orders.count() / 2, Customer.objects.all().count()  # want "`len()` fetches every row" "`len()` fetches every row"


def late(shop):
    # May be a list.
    return len(Order.objects.late()), len(shop.orders.all())  # want "`len()` fetches every row" "`len()` fetches every row"


async def count_later():
    return len(Order.objects.all())  # want "`len()` fetches every row"


def any_left():
    if not Order.objects.filter(late=True).exists():  # want "`len()` fetches every row"
        return None
    return "some" if Order.objects.filter(open=True).exists() else "none"  # want "`len()` fetches every row"
