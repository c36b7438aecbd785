# shop/worker.py
import time

import requests

from shop.models import Order


def pages(url):
    while True:
        page = requests.get(url, timeout=10).json()
        Order.objects.bulk_create([Order(number=n) for n in page["numbers"]])
        url = page["next"]
        if not url:
            break
        time.sleep(1)


def batches():
    while True:
        numbers = list(Order.objects.values_list("number", flat=True)[:100])
        if not numbers:
            return
        Order.objects.filter(number__in=numbers).delete()


def unique():
    while True:
        number = draw()
        if not Order.objects.filter(number=number).exists():
            return number


def busy(lines):
    while lines:
        Order.objects.create(number=lines.pop())


def heartbeat():
    while True:
        requests.get("https://example.org/beat", timeout=10)
        time.sleep(60)


def view(request):
    while True:
        Order.objects.create()
        time.sleep(1)


async def stream(queue):
    while True:
        number = await queue.get()
        await Order.objects.acreate(number=number)


def draw():
    return 4
