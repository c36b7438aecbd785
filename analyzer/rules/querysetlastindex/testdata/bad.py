# shop/reports.py
from shop.models import Order


def newest(shop):
    orders = Order.objects.order_by("created")
    last = orders[len(orders) - 1]  # want "to take the last one"
    oldest = list(Order.objects.order_by("created"))[0]  # want "to take the first one"
    return last, oldest, list(shop.order_set.filter(paid=True))[-1]  # want "to take the last one"
