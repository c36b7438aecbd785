# shop/export.py
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Process

from shop.models import Order
from shop.pdf import render


def draw(text):
    return text.upper()


def export(number):
    return Order.objects.get(number=number).export()


def of_another_module():
    texts = list(Order.objects.values_list("text", flat=True)[:10])
    with ProcessPoolExecutor() as executor:
        return list(executor.map(render, texts))


def without_queries():
    texts = list(Order.objects.values_list("text", flat=True)[:10])
    with ProcessPoolExecutor() as executor:
        return list(executor.map(draw, texts))


def before_any_query(numbers):
    processes = [Process(target=export, args=(number,)) for number in numbers]
    for process in processes:
        process.start()
    Order.objects.update(exported=True)


def daemonise():
    if os.fork():
        os._exit(0)
