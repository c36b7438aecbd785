# shop/management/commands/scan.py
import concurrent.futures
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool

from celery import group
from django.core.management.base import BaseCommand

from shop.models import Order
from shop.tasks import remind, scan


class Command(BaseCommand):
    def handle(self, *args, **options):
        orders = list(Order.objects.filter(scanned=False))
        with concurrent.futures.ProcessPoolExecutor(4) as executor:
            jobs = {
                executor.submit(scan, order.number): order  # want "a job for every row of the QuerySet before the first is done"
                for order in orders
            }
            for job in concurrent.futures.as_completed(jobs):
                jobs[job].save()

    def threads(self):
        with ThreadPoolExecutor() as executor:
            for order in Order.objects.filter(scanned=False).iterator():
                executor.submit(scan, order.number)  # want "a job for every row"
            executor.map(scan, Order.objects.values_list("number", flat=True))  # want "a job for every row"

    def processes(self):
        pool = Pool(4)
        pool.map(scan, [order.number for order in Order.objects.all()])  # want "a job for every row"

    def tasks(self):
        group(remind.s(order.pk) for order in Order.objects.filter(paid=False)).apply_async()  # want "The group holds a task for every row"
