# shop/settings.py
# Procfile: web: daphne shop.asgi:application
import os

import dj_database_url

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
        "CONN_MAX_AGE": 0,  # want "of the database `default` is 600 under ASGI (Procfile:1)"
    },
    "replica": dj_database_url.config(env="REPLICA_URL", conn_max_age=0),  # want "`replica` is 60"
    "archive": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": int(os.environ.get("ARCHIVE_MAX_AGE", "300")),  # want "`archive` is 300"
    },
}

DATABASES["reports"] = {"ENGINE": "django.db.backends.mysql", "NAME": "reports"}
DATABASES["reports"]["CONN_MAX_AGE"] = 0  # want "`reports` is None"
