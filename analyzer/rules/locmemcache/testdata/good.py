# shop/settings.py
import os

DEBUG = os.environ.get("DEBUG") == "1"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ["REDIS_URL"],
    },
    "none": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    # Near on purpose, beside the shared one.
    "templates": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "templates"},
}

if DEBUG:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

BACKENDS = ["django.core.cache.backends.locmem.LocMemCache"]
