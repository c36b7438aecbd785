# shop/reports.py
from django.db.models import Q

from shop.models import Customer, Line, Order


def lines_of_open(shop):
    lines = Line.objects.filter(order__in=list(Order.objects.filter(open=True)))  # want "`order__in` takes the QuerySet itself"
    numbers = Line.objects.exclude(
        order_id__in=list(Order.objects.filter(paid=True).values_list("pk", flat=True)),  # want "`order_id__in` takes the QuerySet itself"
    )
    late = Order.objects.filter(late=True).select_related("shop")
    customers = Customer.objects.filter(Q(pk__in=[order.customer_id for order in late]) | Q(open=True))  # want "`pk__in` takes"
    keys = [row["order"] for row in Line.objects.filter(open=True).values("order")]  # want "`pk__in` takes"
    orders = Order.objects.filter(pk__in=keys)
    mine = Line.objects.filter(order__in=[order.pk for order in shop.order_set.all()])  # want "`order__in` takes"
    return lines, numbers, customers, orders, mine


def unsent(shop):
    # NOT IN finds nothing where the subquery has a NULL: there is no fix.
    without = Customer.objects.exclude(pk__in=list(Order.objects.filter(open=True).values_list("customer_id", flat=True)))  # want "`pk__in` takes"
    others = Customer.objects.filter(~Q(pk__in=[order.customer_id for order in Order.objects.filter(open=True)]))  # want "`pk__in` takes"
    return without, others


def add_missing(page):
    # The list is how things stood before the loop adds to them: there is no fix.
    lines = Line.objects.filter(order__in=list(Order.objects.filter(open=True)))  # want "`order__in` takes"
    for line in lines[:page]:
        Order.objects.create(number=line.number)
