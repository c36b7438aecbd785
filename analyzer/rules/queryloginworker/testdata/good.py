# shop/worker.py
import time

from django import db
from django.core.management.base import BaseCommand

from shop.models import Order


class Command(BaseCommand):
    def handle(self, **options):
        while True:
            db.reset_queries()
            for order in Order.objects.filter(paid=False)[:100]:
                order.remind()
            time.sleep(60)


def batches():
    while True:
        numbers = list(Order.objects.values_list("number", flat=True)[:100])
        if not numbers:
            return
        Order.objects.filter(number__in=numbers).delete()
