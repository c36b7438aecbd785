# shop/reports.py
from shop.models import Order


def asked():
    return Order.objects.filter(paid=False).exists()


def needed():
    orders = Order.objects.filter(paid=False)
    if orders:
        for order in orders:
            order.remind()


def rendered(render):
    orders = Order.objects.filter(paid=False)
    if not orders:
        return None
    return render({"orders": orders})


def first():
    orders = Order.objects.filter(number=1)
    return orders[0] if orders else None


def walrus():
    if orders := Order.objects.filter(paid=False):
        print(orders[0])


def bounded():
    return "some" if Order.objects.all()[:1] else "no"


def compared(queryset=None):
    if queryset is None:
        queryset = Order.objects.all()
    return queryset or []


def lists(orders, names):
    return bool(orders) or not names


def locked(pk):
    # The rows are fetched in order to lock them.
    if not Order.objects.select_for_update().filter(customer=pk):
        return None


def named(name):
    # A row, or none.
    return bool(Order.objects.filter(name=name))


def handed_on(lines):
    open_orders = Order.objects.filter(open=True)
    # Fetched once, asked for every line.
    return [line for line in filter(lambda line: line.number if open_orders else None, lines)]
