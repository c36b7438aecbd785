# shop/settings.py
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",  # want "The cache `default` is in the memory of each process"
        "LOCATION": "unique-snowflake",
    },
    "pages": dict(BACKEND="django.core.cache.backends.locmem.LocMemCache"),  # want "The cache `pages`"
}

CACHES["tags"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # want "The cache `tags`"
