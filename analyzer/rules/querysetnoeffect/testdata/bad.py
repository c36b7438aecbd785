# shop/management/commands/watch.py
import time

from django.core.management.base import BaseCommand
from django.db import models, transaction
from django.db.models import Q

from shop.models import Customer, Order


class Command(BaseCommand):
    def handle(self, *args, **options):
        while True:
            Order.objects.filter(paid=True)  # want "never evaluated: the statement sends no query"
            time.sleep(1)

    def prepare(self, numbers):
        Customer.objects.all().select_related("shop").order_by("name")  # want "never evaluated"
        orders = Order.objects.filter(Q(paid=True) | Q(late=True))
        orders.exclude(number__in=numbers)  # want "`orders` is as it was"
        Order.objects.filter(number__in=numbers_of(orders))  # want "never evaluated"
        return orders


class OrderManager(models.Manager):
    def lock(self, shop):
        with transaction.atomic():
            self.filter(shop=shop).select_for_update()  # want "locks no row here"
            shop.close()

    def only_statement(self):
        self.filter(open=True)  # want "never evaluated"


def numbers_of(orders):
    print(orders)
    return []
