# shop/reports.py
from shop.models import Customer, Order


def report(shop):
    if Order.objects.filter(paid=False).exists():  # want "fetches every row into memory to learn whether there is one"
        shop.remind()
    late = Order.objects.filter(late=True)
    if not late.exists():  # want "fetches every row"
        return None
    late.update(late=False)
    while Order.objects.filter(open=True).exclude(shop=None).exists():  # want "fetches every row"
        Order.objects.filter(pk__in=Order.objects.filter(open=True)[:100].values("pk")).update(open=False)
    if shop.open and shop.order_set.filter(paid=True).exists():  # want "fetches every row"
        shop.close()
    word = "some" if Customer.objects.exclude(email="").exists() else "no"  # want "fetches every row"
    return word, Customer.objects.all().exists()  # want "fetches every row"


def has_none():
    return not Order.objects.filter(paid=False).exists()  # want "fetches every row"


def listed(queryset=None):
    if queryset is not None:  # want "compare it with None"
        queryset = queryset.filter(open=True)
    else:
        queryset = Order.objects.filter(open=True)
    return queryset


def with_orders(customers):
    return [customer for customer in customers if customer.orders.filter(paid=True).exists()]  # want "fetches every row"


async def any_open():
    if Order.objects.filter(open=True):  # want "fetches every row"
        return True
    return bool(Order.objects.late())  # want "fetches every row"


def without(queryset=None):
    if queryset is None:  # want "compare it with None"
        queryset = Order.objects.all()
    return queryset.filter(paid=True)
