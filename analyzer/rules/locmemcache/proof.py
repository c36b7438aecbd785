"""300 values of 100 KB put into the cache; what the process holds afterwards."""

from django.core.cache import CacheHandler
from proof import held, redis_server

VALUES = 300


def measure(page):
    with redis_server() as url:
        settings = page.CACHES["default"]
        if "redis" in settings["BACKEND"]:
            settings = settings | {"LOCATION": url}
        cache = CacheHandler({"default": settings})["default"]
        return held(lambda n: cache.set(f"page:{n}", bytes(100_000)), times=VALUES, of="values")


def check(bad, fixed):
    assert bad["held_mb"] > 25
    assert fixed["held_mb"] < 1


def remarks():
    cache = CacheHandler({"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}})["default"]
    for n in range(10_000):
        cache.set(f"page:{n}", n)
    entries = len(cache._cache)
    cache.clear()
    for n in range(200):
        cache.set(f"page:{n}", n, timeout=-1)
        cache._cache[cache.make_and_validate_key(f"page:{n}")] = b""
    assert entries == 300
    return {"entries_of_10000": entries}
