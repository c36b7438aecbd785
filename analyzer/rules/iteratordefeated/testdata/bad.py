# shop/exports.py
from shop.models import Customer, Order


def export(write):
    orders = list(Order.objects.filter(paid=True).iterator(chunk_size=500))  # want "The list holds every `Order` at once"
    for order in orders:
        write(order)


def by_total():
    return sorted(Order.objects.iterator(), key=lambda order: order.total)  # want "The sorted list holds every `Order`"


def export_open(write):
    rows = Order.objects.select_related("customer").iterator()
    for order in tuple(rows):  # want "The tuple holds every `Order`"
        write(order)


async def export_customers(write):
    customers = [customer async for customer in Customer.objects.aiterator()]  # want "The list holds every `Customer`"
    write(customers)


def export_one(customer, write):
    write([*customer.order_set.iterator()])  # want "The list holds every row"
