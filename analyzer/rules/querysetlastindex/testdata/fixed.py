# shop/reports.py
from shop.models import Order


def newest(shop):
    orders = Order.objects.order_by("created")
    last = orders.last()  # want "to take the last one"
    oldest = Order.objects.order_by("created")[0]  # want "to take the first one"
    return last, oldest, shop.order_set.filter(paid=True).last()  # want "to take the last one"
