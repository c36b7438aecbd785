# shop/reports.py
from django.db.models import Q

from shop.models import Customer, Line, Order


def lines_of_open(shop):
    lines = Line.objects.filter(order__in=Order.objects.filter(open=True))  # want "`order__in` takes the QuerySet itself"
    numbers = Line.objects.exclude(
        order_id__in=Order.objects.filter(paid=True).values_list("pk", flat=True),  # want "`order_id__in` takes the QuerySet itself"
    )
    late = Order.objects.filter(late=True).select_related("shop")
    customers = Customer.objects.filter(Q(pk__in=late.values("customer_id")) | Q(open=True))  # want "`pk__in` takes"
    keys = Line.objects.filter(open=True).values("order")  # want "`pk__in` takes"
    orders = Order.objects.filter(pk__in=keys)
    mine = Line.objects.filter(order__in=shop.order_set.all().values("pk"))  # want "`order__in` takes"
    return lines, numbers, customers, orders, mine
