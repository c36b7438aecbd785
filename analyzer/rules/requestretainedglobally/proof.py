"""3,000 requests without a user or a file through the WSGI handler; what is held when all are answered."""

from django.core.handlers.wsgi import WSGIRequest
from proof import Site, alive, held

REQUESTS = 3_000


def measure(page):
    site = Site(middleware=[page.CurrentRequestMiddleware])
    figures = held(lambda n: site.get(f"/orders/{n}/"), times=REQUESTS, of="requests")
    return figures | {"requests_alive": alive(WSGIRequest)}


def check(bad, fixed):
    assert bad["requests_alive"] == REQUESTS and bad["held_mb"] > 4
    assert fixed["requests_alive"] == 0 and fixed["held_mb"] < 0.2
