# shop/settings.py
from os import environ

DATABASES = {
    # The default age is 0.
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": {"pool": True},
    },
    "replica": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"max_size": 8}},
    },
    "archive": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"pool": False},
    },
    "reports": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"options": "-c statement_timeout=60000"},
    },
    # An engine of a package, whose pool is its own.
    "measures": {
        "ENGINE": "shop_timescale.backend",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"pool": True},
    },
    "either": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
    },
}

if environ.get("USE_POOL"):
    DATABASES["either"]["CONN_MAX_AGE"] = 0
    DATABASES["either"]["OPTIONS"] = {"pool": True}
