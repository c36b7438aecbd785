# shop/management/commands/remind.py
import time

from asgiref.sync import sync_to_async
from celery import shared_task
from django.core.management.base import BaseCommand

from shop.models import Customer, Line, Order


class Command(BaseCommand):
    def handle(self, *args, **options):
        while True:
            queryset = list(Order.objects.filter(active=True))  # want "`list()` holds every `Order`"
            process_items(queryset)
            del queryset
            time.sleep(1)

    def archive(self):
        orders = Order.objects.filter(archived=False).select_related("customer")
        for order in list(orders):  # want "`list()` holds every `Order`"
            order.archive()
        by_total = sorted(Order.objects.all(), key=lambda order: order.total)  # want "`sorted()` holds every `Order`"
        for order in by_total:
            self.stdout.write(str(order))
        customers = [customer for customer in Customer.objects.exclude(email="")]  # want "This list holds every `Customer`"
        process_items(customers)

    def index(self):
        keys = list(Order.objects.values_list("pk", flat=True))  # want "`list()` holds every row of the QuerySet in memory at once only to cut it into pieces"
        for start in range(0, len(keys), 500):
            index.delay(keys[start : start + 500])
        emails = list(Customer.objects.values_list("email", flat=True))  # want "`list()` holds every row"
        self.stdout.write(f"{len(emails)} customers")
        for email in emails:
            self.stdout.write(email)


@shared_task
async def remind():
    orders = await sync_to_async(list)(Order.objects.filter(late=True))  # want "`list()` holds every `Order`"
    for order in orders:
        await order.aremind()


@shared_task
def latest():
    return list(Order.objects.order_by("-created"))[:10]  # want "slice the QuerySet instead"


def process_items(items):
    print(len(items))


def close(shop):
    # Nobody cuts a short list into pieces.
    keys = tuple(Line.objects.filter(order__shop=shop).values_list("pk", flat=True))  # want "only to cut it into pieces"
    for batch in chunked(keys, 100):
        Line.objects.filter(pk__in=batch).update(open=False)


def index(keys):
    return keys


def scan(shop, work):
    # Counted and walked through once.
    orders = list(shop.orders.unscanned())  # want "`list()` holds every row"
    total = len(orders)
    for number, order in enumerate(orders):
        work(order, number / total)


class Submitted(BaseCommand):
    def handle(self, *args, **options):
        # Counted before, and in pieces the rows could be submitted as they come.
        orders = list(Order.objects.filter(paid=False))  # want "`list()` holds every `Order`"
        self.stdout.write(f"{len(orders)} orders")
        work = {self.executor.submit(remind, order): order for order in orders}
        for future in as_completed(work):
            future.result()
