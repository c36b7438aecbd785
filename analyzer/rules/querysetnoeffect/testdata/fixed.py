# shop/management/commands/watch.py
import time

from django.core.management.base import BaseCommand
from django.db import models, transaction
from django.db.models import Q

from shop.models import Customer, Order


class Command(BaseCommand):
    def handle(self, *args, **options):
        while True:
            time.sleep(1)

    def prepare(self, numbers):
        orders = Order.objects.filter(Q(paid=True) | Q(late=True))
        orders = orders.exclude(number__in=numbers)  # want "`orders` is as it was"
        return orders


class OrderManager(models.Manager):
    def lock(self, shop):
        with transaction.atomic():
            shop.close()

    def only_statement(self):
        self.filter(open=True)  # want "never evaluated"


def numbers_of(orders):
    print(orders)
    return []
