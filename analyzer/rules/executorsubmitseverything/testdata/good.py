# shop/management/commands/scan.py
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, as_completed, wait
from itertools import islice

from django.core.management.base import BaseCommand

from shop.models import Order
from shop.tasks import remind, scan


class Command(BaseCommand):
    def handle(self, *args, **options):
        rows = Order.objects.filter(scanned=False).iterator(chunk_size=2000)
        with ThreadPoolExecutor() as executor:
            while batch := list(islice(rows, 100)):
                for job in as_completed([executor.submit(scan, order.number) for order in batch]):
                    job.result()

    def window(self):
        pending = set()
        with ThreadPoolExecutor() as executor:
            for order in Order.objects.iterator():
                pending.add(executor.submit(scan, order.number))
                if len(pending) >= 100:
                    _, pending = wait(pending, return_when=FIRST_COMPLETED)

    def bounded(self, numbers):
        with ThreadPoolExecutor() as executor:
            executor.map(scan, Order.objects.values_list("number", flat=True)[:100])
            executor.map(scan, numbers)
            for number in numbers:
                executor.submit(scan, number)

    def queued(self):
        # The broker holds the messages.
        for order in Order.objects.filter(paid=False).iterator():
            remind.delay(order.pk)

    def other(self, frame):
        return frame.map(Order.objects.all())
