# shop/reports.py
from django.db.models import Count, QuerySet

from shop.models import Order


def counted():
    return Order.objects.filter(paid=True).count()


def needed_twice():
    orders = Order.objects.filter(paid=True)
    print(len(orders))
    for order in orders:
        print(order)


def needed_later(render):
    orders = Order.objects.filter(paid=True)
    return render({"orders": orders, "count": len(orders)})


def indexed():
    orders = Order.objects.filter(number=1)
    return orders[0] if len(orders) == 1 else None


def bounded(keys):
    return len(Order.objects.all()[:10]) + len(Order.objects.filter(pk__in=keys))


def groups():
    return len(Order.objects.values("status").annotate(n=Count("pk")))


def pages(queryset):
    try:
        return queryset.count()
    except (AttributeError, TypeError):
        return len(queryset)


def lists(orders, names):
    return len(orders) + len(names) + len([order for order in orders])


def distinct():
    return len(set(Order.objects.all()))


def locked(customer):
    # The rows are fetched in order to lock them.
    return len(Order.objects.select_for_update().filter(customer__vat=customer))


def titled(title):
    return len(Order.objects.filter(title=title)) > 1


def for_each(lines):
    orders = Order.objects.filter(paid=True)
    return sorted(lines, key=lambda line: line.number - len(orders))


def in_batches(send):
    keys = Order.objects.values_list("pk", flat=True)
    # The pieces come out of the rows that are in memory already.
    for start in range(0, len(keys), 100):
        send(keys[start : start + 100])


def pieces(rows: QuerySet[Order], size):
    return (rows[start : start + size] for start in range(0, len(rows), size))


def since(shop, messages):
    orders = Order.objects.filter(shop=shop).order_by("pk")
    last = len(orders)
    for message in messages:
        message.orders = [order for order in orders[:last] if order.late]
        last -= len(message.orders)


def check(shop):
    orders = Order.objects.filter(late=True)
    if shop.closed:
        # For the error alone.
        print(len(orders))
        raise ValueError(shop)
    elif shop.moved:
        raise ValueError(f"{len(orders)} orders")


def refused(shop):
    # Django gives a row no manager.
    return len(Order(shop=shop).objects.all())
