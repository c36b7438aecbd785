# shop/views.py
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Thread

from django.db import transaction

from shop.models import Order


def remind(limit=100):
    for order in Order.objects.filter(paid=False)[:limit]:
        order.remind()


def start(request):
    Thread(target=remind).start()  # want "The thread that runs remind leaves its database connection open"
    Thread(target=partial(remind, 5), daemon=True).start()


def recount():
    Order.objects.recount()


def settle(limit=10):
    Order.objects.filter(paid=True)[:limit].settle()


def later(request):
    threading.Timer(60, recount).start()  # want "The thread that runs recount"
    Thread(target=partial(settle, 5), daemon=True).start()  # want "The thread that runs settle"


def export(request):
    def export_one(order):
        return load(order)

    with ThreadPoolExecutor(max_workers=4) as pool:
        for order in request.GET.getlist("order"):
            pool.submit(export_one, order)  # want "The thread that runs export.export_one leaves its database connection open"
        return list(pool.map(load, request.GET.getlist("line")))  # want "The thread that runs load"


def load(pk):
    with transaction.atomic():
        return fetch(pk)


class Reminder(Thread):
    def run(self):  # want "The thread that runs Reminder.run leaves"
        self.remind()

    def remind(self):
        Order.objects.filter(paid=False).update(reminded=True)
