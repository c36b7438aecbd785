# shop/settings.py
import os

REDIS_URL = os.environ["REDIS_URL"]

CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {
            "SOCKET_TIMEOUT": 5,
            "CLIENT_CLASS": "django_redis.client.DefaultClient",  # want "`CLIENT_CLASS` is no option"
            "CONNECTION_POOL_KWARGS": {"max_connections": 50},
        },
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "TIMEOUT": 300,
        "OPTIONS": {
            # want "`MAX_ENTRIES` is no" "`CULL_FREQUENCY` is no"
            "db": 3,
        },
    },
}

CACHES["sessions"] = {
    'BACKEND': 'django.core.cache.backends.redis.RedisCache',
    'LOCATION': REDIS_URL,
    'OPTIONS': {'db': 1},  # want "`MAX_ENTRIES` is no option"
}
