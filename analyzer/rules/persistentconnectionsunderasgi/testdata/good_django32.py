# shop/settings.py
# requirements.txt: Django==3.2.25
# Procfile: web: daphne shop.asgi:application
# All requests share a thread for what is synchronous.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
        "CONN_MAX_AGE": 600,
    }
}
