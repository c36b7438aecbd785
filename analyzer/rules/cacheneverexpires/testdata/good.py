# shop/app_settings.py
from django.conf import settings
from django.core.cache import cache, caches
from django.utils.translation import get_language

CACHES = {
    # Django's default of 300 seconds.
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://redis:6379/1",
    },
    # MAX_ENTRIES bounds the table.
    "pages": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "pages",
        "TIMEOUT": None,
    },
    # The server throws out what it used least recently.
    "sessions": {
        "BACKEND": "django.core.cache.backends.memcached.PyMemcacheCache",
        "LOCATION": "memcached:11211",
        "TIMEOUT": None,
    },
}


class Store:
    def set(self, key, value, timeout):
        self.last = key, value, timeout


def rates():
    # One key.
    cache.set("rates", 1, None)
    cache.set(f"rates:{settings.CURRENCY}", 1, None)
    cache.set(f"menu:{get_language()}", 1, timeout=None)


def permissions(user):
    cache.set(f"permissions:{user.pk}", 1)
    cache.set(f"permissions:{user.pk}", 1, 300)
    caches["pages"].set(f"permissions:{user.pk}", 1, timeout=settings.PERMISSIONS_TIMEOUT)
    Store().set(f"permissions:{user.pk}", 1, None)
    return cache.get(f"permissions:{user.pk}", None)
