# shop/gateway.py
from collections import deque


class Gateway:
    def __init__(self):
        self.customers = {}
        self.calls = deque(maxlen=100)
        self.columns = {}
        self.handlers = []

    def customer(self, user):
        self.calls.append(user.email)
        if len(self.customers) > 1000:
            self.customers.popitem()
        self.customers[user.pk] = user

    def names(self, model):
        self.columns[model] = [field.name for field in model._meta.fields]

    def register(self, handler):
        self.handlers.append(handler)


gateway = Gateway()


class Basket:
    """Comes and goes."""

    def __init__(self):
        self.lines = {}

    def add(self, user):
        self.lines[user.pk] = user


def checkout(user):
    basket = Basket()
    basket.add(user)
    return basket


class Report:
    def __init__(self):
        self.lines = []

    def add(self, user):
        self.lines.append(user.pk)


def report(users):
    report = Report()
    for user in users:
        report.add(user)
    return report


EXAMPLE = Report()


class bounded:
    def __init__(self, func):
        self.func = func
        self.results = {}

    def __call__(self, *args):
        if len(self.results) > 1000:
            self.results.clear()
        self.results[args] = self.func(*args)
        return self.results[args]


class Hook:
    def __init__(self, callback):
        self.callback = callback
        self.columns = {}

    def __call__(self, model):
        self.columns[model] = self.callback(model)
        return self.columns[model]


class Once:
    """Comes and goes with the function around."""

    def __init__(self, func):
        self.func = func
        self.results = {}

    def __call__(self, *args):
        self.results[args] = self.func(*args)
        return self.results[args]


def totals(users, total):
    total = Once(total)
    return [total(user) for user in users]
