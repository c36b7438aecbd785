"""200 requests through the WSGI handler in eight threads; the requests that are alive when all are answered."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.handlers.wsgi import WSGIRequest
from proof import Site, alive

REQUESTS, THREADS = 200, 8


def measure(page):
    barrier = Barrier(THREADS)
    site = Site(middleware=[page.CurrentRequestMiddleware])

    def one(n):
        if n < THREADS:
            barrier.wait()
        return site.get(f"/orders/{n}/")

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(one, range(REQUESTS)))
        return {"requests_alive": alive(WSGIRequest)}


def check(bad, fixed):
    assert bad["requests_alive"] == THREADS
    assert fixed["requests_alive"] == 0
