# shop/pricing.py
import weakref
from weakref import WeakKeyDictionary, WeakValueDictionary

_quotes = WeakKeyDictionary()
_by_number = WeakValueDictionary()
_plain = {}


class Quote:
    def __init__(self, customer, order):
        self.customer = customer
        self.total = order.total


def quote(order, customer):
    _quotes[order] = Quote(customer, order)
    _quotes[order] = order.total * 2
    _quotes[order] = (customer, order.total)
    _quotes[order] = weakref.ref(order)
    _quotes[order] = len(order)
    _quotes[order] = lambda: customer
    _by_number[order.number] = order
    _plain[order] = order
    del _plain[order]
