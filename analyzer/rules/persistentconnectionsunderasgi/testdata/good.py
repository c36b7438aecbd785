# shop/settings.py
# Procfile: web: daphne shop.asgi:application
import os

import dj_database_url

# Not a setting of Django's.
CONN_MAX_AGE = 600

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
        "CONN_MAX_AGE": 0,
    },
    "replica": dj_database_url.config(env="REPLICA_URL"),
    "archive": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": int(os.environ.get("ARCHIVE_MAX_AGE", "0")),
    },
    "computed": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": int(os.environ["COMPUTED_MAX_AGE"]),
    },
    # A file, not a server.
    "lookup": {
        "ENGINE": "django.db.backends.sqlite3",
        "CONN_MAX_AGE": 600,
    },
    "later": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
    },
}

DATABASES["later"]["CONN_MAX_AGE"] = 0

if os.environ.get("SERVER") == "wsgi":
    DATABASES["default"]["CONN_MAX_AGE"] = 600
