"""100,000 requests through the WSGI handler; what is held when all of them are answered."""

import gc

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
