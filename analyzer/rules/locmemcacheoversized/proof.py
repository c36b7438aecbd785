"""10,000 small values put into the cache; what the process holds afterwards."""

from django.core.cache import CacheHandler
from proof import held

VALUES = 10_000


def measure(page):
    cache = CacheHandler(page.CACHES)["default"]
    figures = held(lambda n: cache.set(f"user:{n}", {"name": f"user {n}"}), times=VALUES, of="values")
    return figures | {"entries": len(cache._cache)}


def check(bad, fixed):
    assert bad["entries"] == VALUES and bad["held_mb"] > 2
    assert fixed["entries"] <= 1_000 and fixed["held_mb"] < bad["held_mb"] / 5
