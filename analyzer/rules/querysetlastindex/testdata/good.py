# shop/reports.py
from shop.models import Order


def newest(shop, orders):
    last = Order.objects.order_by("created").last()
    first = Order.objects.order_by("created")[0]
    counted = Order.objects.order_by("created")
    one = counted[counted.count() - 1]
    few = list(Order.objects.order_by("created")[:10])[-1]
    biggest = sorted(Order.objects.all(), key=lambda order: order.total)[-1]
    return last, first, one, few, biggest, orders[len(orders) - 1]


def all_of_them():
    orders = Order.objects.order_by("created")
    for order in orders:
        print(order)
    return orders[len(orders) - 1]
