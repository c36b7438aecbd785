# shop/pricing.py
import functools
from collections import OrderedDict, defaultdict, deque
from importlib import import_module

from cachetools import TTLCache
from django.conf import settings

_recent = deque(maxlen=100)
_rates = TTLCache(maxsize=100, ttl=60)
_discounts = OrderedDict()
_columns = {}
_backends = {}
_handlers = {}
_countries = []
_loaded = False
_counts = defaultdict(int)
_queue = []
_requests = {}

for name in settings.SHOPS:
    _columns[name] = name.upper()


def record(user):
    _recent.append(user.pk)
    _rates[user.pk] = user.rate
    _discounts[user.pk] = user.discount
    if len(_discounts) > 1000:
        _discounts.popitem(last=False)


def columns(model):
    if model not in _columns:
        _columns[model] = [field.name for field in model._meta.fields]
    return _columns[model]


def backend(path):
    if path not in _backends:
        _backends[path] = import_module(path)
    return _backends[path]


def register(name):
    def keep(handler):
        _handlers[name] = handler
        return handler

    return keep


def countries():
    global _loaded
    if _loaded:
        return _countries
    for country in fetch("countries"):
        _countries.append(country.pk)
    _loaded = True
    return _countries


def count(response):
    _counts[response.status_code] += 1
    _counts["all"] += 1


def enqueue(user):
    _queue.append(user.pk)


def work():
    while _queue:
        fetch(_queue.pop())


def local(users):
    names = {}
    for user in users:
        names[user.pk] = user.name
    return names


EXAMPLES = []


def sends_mail(template, context):
    def decorate(func):
        EXAMPLES.append({"template": template, "context": context})

        @functools.wraps(func)
        def wrapper(*args):
            return func(template, *args)

        return wrapper

    return decorate
