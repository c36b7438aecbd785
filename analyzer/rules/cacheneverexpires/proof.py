"""100 values put into a Redis server; the keys that never expire."""

from django.conf import settings
from django.core.cache import CacheHandler, cache
from proof import redis_server
from redis import Redis
from shop.models import Customer

VALUES = 100


def measure(page):
    with redis_server() as url:
        if hasattr(page, "CACHES"):
            own = CacheHandler({"default": page.CACHES["default"] | {"LOCATION": url}})["default"]
            for n in range(VALUES):
                own.set(f"page:{n}", n)
        else:
            settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}}
            cache._connections.settings = cache._connections.configure_settings(settings.CACHES)
            page.load = lambda user: ["shop.view_order"]
            for n in range(VALUES):
                page.permissions(Customer(pk=n))
        return {"keys_that_never_expire": never(Redis.from_url(url))}


def never(server):
    keys = server.keys() or Redis(**server.connection_pool.connection_kwargs | {"db": 1}).keys()
    assert len(keys) == VALUES
    return sum(server.ttl(key) == -1 for key in keys)


def check(bad, fixed):
    assert bad["keys_that_never_expire"] == VALUES
    assert fixed["keys_that_never_expire"] == 0
