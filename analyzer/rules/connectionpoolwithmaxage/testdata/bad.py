# shop/settings.py
from os import environ

import dj_database_url

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
        "CONN_MAX_AGE": 600,  # want "The database `default` has a pool and a `CONN_MAX_AGE` other than 0"
        "OPTIONS": {"pool": True},
    },
    "replica": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": int(environ.get("REPLICA_MAX_AGE", 60)),  # want "The database `replica`"
        "OPTIONS": {"pool": {"min_size": 2, "max_size": 8}},
    },
    "archive": dj_database_url.config(conn_max_age=None),  # want "The database `archive`"
}

DATABASES["archive"]["OPTIONS"] = {"pool": True}
