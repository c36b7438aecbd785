# shop/views.py
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection, connections
from requests import get

from shop.models import Order

pool = ThreadPoolExecutor(max_workers=4)


def remind():
    try:
        Order.objects.filter(paid=False).update(reminded=True)
    finally:
        connections.close_all()


def other():
    Order.objects.create()
    connection.close()


def wrapped():
    try:
        query()
    finally:
        close_all_connections()


def close_all_connections():
    for conn in connections.all():
        conn.close()


def query():
    return Order.objects.first()


def fetch():
    return get("https://example.org")


def poll():
    while True:
        close_old_connections()
        Order.objects.filter(paid=False).update(reminded=True)
        time.sleep(60)


def watch():
    while True:
        Order.objects.filter(paid=False).update(reminded=True)
        time.sleep(60)


def listen():
    while not stopping.is_set():
        Order.objects.filter(paid=False).update(reminded=True)
        time.sleep(60)


async def first():
    return await sync_to_async(query)()


def start(request):
    for target in (remind, other, wrapped, fetch, poll, watch, listen):
        Thread(target=target).start()
    Thread(target=remind).start()
    Thread(target=other).start()
    Thread(target=wrapped).start()
    Thread(target=fetch).start()
    Thread(target=watch).start()
    pool.submit(query)


class Downloads(Thread):
    def run(self):
        fetch()


class Monitor:
    def watch(self):
        while self.monitoring:
            Order.objects.filter(paid=False).update(reminded=True)
            time.sleep(60)

    def start(self, request):
        Thread(target=self.watch, daemon=True).start()


class Listener(Thread):
    def run(self):
        while self.over is False:
            self.changed.wait()
            Order.objects.filter(paid=False).update(reminded=True)
