"""A Redis server and the cache as the page sets it up; what the first use ends in."""

from django.core.cache import CacheHandler
from proof import attempt, redis_server
from redis import Redis

CORE = "django.core.cache.backends.redis.RedisCache"


def measure(page):
    with redis_server() as url:
        return {"error": use(page.CACHES["default"] | {"LOCATION": url})}


def check(bad, fixed):
    assert bad["error"].startswith("TypeError") and "'CLIENT_CLASS'" in bad["error"]
    assert fixed["error"] == ""


def use(settings):
    cache = CacheHandler({"default": settings})["default"]

    def store():
        cache.set("order", "2026-000001")
        assert cache.get("order") == "2026-000001"

    return attempt(store)


def remarks():
    with redis_server() as url:
        for option in "CLIENT_CLASS", "MAX_ENTRIES", "CULL_FREQUENCY", "CONNECTION_POOL_KWARGS", "PARSER_CLASS":
            error = use({"BACKEND": CORE, "LOCATION": url, "OPTIONS": {option: None}})
            assert error.startswith("TypeError") and option in error, error
        assert use({"BACKEND": CORE, "LOCATION": url, "OPTIONS": {"db": 3, "max_connections": 50}}) == ""

    # Its own limit bounds a server: it takes 50 MB and holds no more than 5.
    with redis_server("--maxmemory", "5mb", "--maxmemory-policy", "allkeys-lru") as url:
        cache = CacheHandler({"default": {"BACKEND": CORE, "LOCATION": url}})["default"]
        for n in range(500):
            cache.set(f"page:{n}", "x" * 100_000)
        used = Redis.from_url(url).info("memory")["used_memory"]
        assert used < 6_000_000
        return {"server_held_mb": round(used / 1e6, 1)}
