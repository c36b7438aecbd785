"""A Redis server and the cache as the page sets it up; what its first use ends in."""

from django.conf import settings
from django.core.cache import caches
from proof import attempt, redis


def measure(page):
    with redis() as url:
        return use(page.CACHES["default"] | {"LOCATION": url})


def use(cache):
    settings.CACHES = {"default": cache}
    return {"error": attempt(caches["default"].set, "order", "2026-000001"), "found": found}
