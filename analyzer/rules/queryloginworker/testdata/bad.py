# shop/worker.py
import time

from django.db import close_old_connections

from shop.models import Order


def run():
    while True:  # want "With DEBUG on, the endless loop of run keeps the text of its last 9000 queries"
        close_old_connections()
        remind()
        time.sleep(60)


def remind():
    for order in Order.objects.filter(paid=False)[:100]:
        order.remind()
