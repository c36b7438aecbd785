# shop/export.py
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Process

from shop.models import Order


def export(number):
    return Order.objects.get(number=number).export()


def numbers():
    return list(Order.objects.values_list("number", flat=True)[:1000])


def with_pool():
    todo = numbers()
    pool = multiprocessing.Pool(4)  # want "The process that with_pool starts inherits the open database connection"
    pool.map(export, todo)
    pool.close()


def with_executor():
    todo = numbers()
    with ProcessPoolExecutor() as executor:  # want "The process that with_executor starts inherits"
        return list(executor.map(export, todo))


def with_process():
    for number in Order.objects.values_list("number", flat=True)[:10]:
        Process(target=export, args=(number,)).start()  # want "The process that with_process starts inherits"


def daemonise():
    order = Order.objects.first()
    if os.fork():  # want "The process that daemonise starts inherits"
        return
    order.export()
