# shop/gateway.py
from functools import cache


class Gateway:
    def __init__(self):
        self.customers = {}
        self.calls = []

    def customer(self, user):
        if user.pk not in self.customers:
            self.customers[user.pk] = self.fetch(user)  # want "`customers` on Gateway keeps one entry for each `user.pk`; `gateway` holds one object for the whole process"
        return self.customers[user.pk]

    def fetch(self, user):
        self.calls.append(user.email)  # want "`calls` on Gateway keeps `user.email` of every call"
        return user


gateway = Gateway()


class Search:
    def __init__(self):
        self.queries = set()

    def find(self, request):
        self.queries.add(request.GET["q"])  # want "`queries` on Search keeps one entry of every call; `search()` holds one object"


@cache
def search():
    return Search()


class Rates:
    current = None

    def __init__(self):
        self.by_ip = {}

    @classmethod
    def get(cls):
        if cls.current is None:
            cls.current = Rates()
        return cls.current

    def rate(self, ip):
        self.by_ip[ip] = self.by_ip.get(ip, 0) + 1  # want "`by_ip` on Rates keeps one entry for each `ip`; `cls.current` holds one object"


class memoized:
    def __init__(self, func):
        self.func = func
        self.results = {}

    def __call__(self, *args):
        if args not in self.results:
            self.results[args] = self.func(*args)  # want "`results` on memoized keeps one entry for each `args`; the function that it decorates holds it for the whole process"
        return self.results[args]


@memoized
def price(product, day):
    return product.price_on(day)
