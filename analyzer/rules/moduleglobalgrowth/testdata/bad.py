# shop/pricing.py
import time
from collections import Counter, defaultdict

from shop.models import Discount

_discounts = {}
_events = []
_by_day = defaultdict(list)
_hits = Counter()
_rates = {}


def discount(user):
    if user.pk not in _discounts:
        _discounts[user.pk] = Discount.objects.filter(user=user).first()  # want "`_discounts` keeps one entry for each `user.pk` for the life of the process"
    return _discounts[user.pk]


def record(name, value):
    _events.append((name, value, time.time()))  # want "`_events` keeps one tuple of every call for the life of the process"


def view(request):
    key = f"{request.method}:{request.path}"
    _hits[key] += 1  # want "`_hits` keeps one entry for each `key`"
    _by_day["all"].append(request.path)  # want "`_by_day` keeps `request.path` of every call"


def rate(name):
    rates = _rates
    if name not in rates:
        rates[name] = Discount.objects.get(name=name)  # want "`_rates` keeps one entry for each `name`"
    return rates[name]
