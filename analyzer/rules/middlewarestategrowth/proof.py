"""100,000 requests through the WSGI handler; what is held when all of them are answered."""

import gc
import time

from proof import Site, held

REQUESTS = 100_000


def measure(page):
    site = Site(middleware=[page.AuditMiddleware])
    figures = held(lambda n: site.get(f"/orders/{n}/"), times=REQUESTS, of="requests")
    (middleware,) = (one for one in gc.get_objects() if type(one) is page.AuditMiddleware)
    return figures | {"paths": len(middleware.paths)}


def check(bad, fixed):
    assert bad["paths"] == REQUESTS
    assert bad["held_mb"] > 5
    assert fixed["paths"] == 1000
    assert fixed["held_mb"] < 0.5


class TimedMiddleware:
    requests = []

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        self.requests.append({"path": request.path, "time": time.time()})
        return self.get_response(request)


def remarks():
    site = Site(middleware=[TimedMiddleware])
    figures = held(lambda n: site.get(f"/orders/{n}/"), times=REQUESTS // 5, of="requests")
    assert len(TimedMiddleware.requests) == REQUESTS // 5
    return {"dicts": REQUESTS // 5, "dicts_held_mb": figures["held_mb"]}
