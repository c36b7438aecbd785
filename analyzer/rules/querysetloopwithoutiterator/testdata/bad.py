# shop/management/commands/remind.py
from itertools import batched

from celery import shared_task
from django.core.management.base import BaseCommand
from django.db.models import Count
from rich.progress import track
from tqdm import tqdm

from shop.models import Customer, Order


class Command(BaseCommand):
    def handle(self, *args, **options):
        for order in Order.objects.filter(paid=False):  # want "every `Order`"
            order.remind()

        orders = Order.objects.select_related("customer")
        if options["open"]:
            orders = orders.filter(open=True)
        self.stdout.write(f"{orders.count()} orders")
        for number, order in enumerate(orders):  # want "every `Order`"
            self.stdout.write(f"{number} {order}")

        customers = Customer.objects.annotate(n=Count("order")).exclude(n=0)
        for customer in customers:  # want "every `Customer`"
            for order in Order.objects.filter(customer=customer):  # want "every `Order`"
                order.archive()

        self.report(
            sum(
                order.total
                for order in Order.objects.filter(  # want "every `Order`"
                    paid=True,
                ).prefetch_related("lines")
            )
        )

    def report(self, total, limit=None):
        emails = [email.lower() for email in Customer.objects.values_list("email", flat=True)]  # want "every row"
        self.stdout.write(f"{total} {emails}")

        customers = Customer.objects.order_by("pk")
        if limit:
            customers = customers[:limit]
        for batch in batched(customers, 500):  # want "every `Customer`"
            self.stdout.write(str(len(batch)))

        # What has no len() leaves a bar without an end, unless it is told.
        for order in tqdm(Order.objects.filter(late=True)):  # want "every `Order`"
            order.remind()
        overdue = Order.objects.order_by("pk")
        for order in track(overdue, description="Reminding"):  # want "every `Order`"
            order.remind()
        for order in track(Order.objects.all(), "Closing", 1000):  # want "every `Order`"
            order.close()


def remind_all(orders):
    for order in orders.select_related("customer"):  # want "every row"
        order.remind()


def orders_by_number():
    # Whoever calls it, nothing narrows it.
    found = {}
    for order in Order.objects.filter(open=True).select_related("customer", "shop"):  # want "every `Order`"
        found[order.number] = order.customer.email
    return found


@shared_task
async def recount():
    async for order in Order.objects.all():  # want "every `Order`"
        await order.arecount()


@shared_task
def double(connection):
    # What the loop adds is met by it again on SQLite: there is no fix.
    for order in Order.objects.filter(open=True):  # want "every `Order`"
        Order.objects.create(number=order.number + 1)
    for order in Order.objects.filter(open=False):  # want "every `Order`"
        order.pk = None
        order.save()
    # The cursor does not survive its connection.
    for order in Order.objects.filter(number=0):  # want "every `Order`"
        order.remind()
        connection.close()
    # Other objects may stand here.
    for order in Order.objects.of_yesterday():  # want "every `Order`"
        order.remind()
    for order in Order.objects.get_open(with_lines=True):  # want "every `Order`"
        order.remind()
    for order in Order.objects.exclude(number=0):  # want "every `Order`"
        order.remind()
        order.save()


class RelatedField:
    def __init__(self, queryset):
        self.queryset = queryset

    def get_queryset(self):
        return self.queryset

    def options(self):
        # What somebody gave may look like a QuerySet and have no iterator(): there is no fix.
        return {item.pk: str(item) for item in self.get_queryset()}  # want "every row"


@shared_task
def remind_of(state):
    # The empty list has no iterator(): there is no fix.
    orders = []
    if state:
        orders = Order.objects.exclude(number=0)
    for order in orders:  # want "every `Order`"
        order.remind()
