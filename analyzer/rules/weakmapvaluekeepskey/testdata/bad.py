# shop/pricing.py
import weakref
from functools import partial
from weakref import WeakKeyDictionary

_quotes = WeakKeyDictionary()
_pairs: WeakKeyDictionary = WeakKeyDictionary()


class Quote:
    def __init__(self, customer, order=None):
        self.order = order


def quote(order, customer):
    _quotes[order] = Quote(customer, order)  # want "The value under `order` in `_quotes` refers to `order` itself: neither of them ever goes"
    _pairs[order] = (customer, order)  # want "The value under `order` in `_pairs`"
    _pairs[customer] = {"customer": customer}  # want "The value under `customer` in `_pairs`"
    _quotes.setdefault(order, lambda: order.total)  # want "The value under `order` in `_quotes`"
    basket = partial(print, order)
    _quotes[order] = basket  # want "The value under `order` in `_quotes`"


class Shop:
    baskets = weakref.WeakKeyDictionary()

    def __init__(self):
        self.totals = WeakKeyDictionary()

    def basket(self, user):
        self.baskets[user] = [user]  # want "The value under `user` in `self.baskets`"
        self.totals[user] = Quote(customer=1, order=user)  # want "The value under `user` in `self.totals`"
