# shop/settings.py
import os

REDIS_URL = os.environ["REDIS_URL"]

CACHES = {
    # django-redis' own backend takes these options.
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"CLIENT_CLASS": "django_redis.client.DefaultClient"},
    },
    # redis-py's own parameters are lower case.
    "pages": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"db": 2, "max_connections": 50, "parser_class": "redis.connection.PythonParser"},
    },
    "plain": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "TIMEOUT": 300,
        "KEY_PREFIX": "shop",
    },
    # The local-memory backend has a MAX_ENTRIES.
    "local": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 500, "CULL_FREQUENCY": 2},
    },
}
