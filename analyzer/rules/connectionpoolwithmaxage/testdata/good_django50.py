# shop/settings.py
# requirements.txt: Django==5.0.9
# The option is that of another backend.
DATABASES = {
    "default": {
        "ENGINE": "shop.db.postgresql",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"pool": True},
    }
}
