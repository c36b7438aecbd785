# shop/exports.py
from shop.models import Order


def chunked(write):
    for order in Order.objects.prefetch_related("lines").iterator(chunk_size=500):
        write(order)


def positional(write):
    for order in Order.objects.prefetch_related("lines").iterator(500):
        write(order)


def taken_back(write):
    for order in Order.objects.prefetch_related("lines").prefetch_related(None).iterator():
        write(order)


def no_prefetch(write):
    for order in Order.objects.select_related("customer").iterator():
        write(order)


async def asynchronous(write):
    # aiterator() has a chunk_size of 2000 by default.
    async for order in Order.objects.prefetch_related("lines").aiterator():
        write(order)


class Reader:
    def prefetch_related(self, name):
        return self

    def iterator(self):
        return iter(())


def other(reader):
    return reader.prefetch_related("x").iterator()
