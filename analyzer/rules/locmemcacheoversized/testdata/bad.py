# shop/settings.py
MANY = 10**9

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {
            "MAX_ENTRIES": 50_000,  # want "up to 50000 entries"
        },
    },
    "forever": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": MANY, "CULL_FREQUENCY": 2},  # want "with TIMEOUT None none of them ends"
    },
}
