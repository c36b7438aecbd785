# shop/toolbar.py
from django.conf import settings


def enable_toolbar():
    settings.INSTALLED_APPS.append("debug_toolbar")  # want "Each call of enable_toolbar makes `django.conf.settings.INSTALLED_APPS` longer"


def add_middleware(settings_module, app):
    settings.MIDDLEWARE.append("debug_toolbar.middleware.DebugToolbarMiddleware")  # want "Each call of add_middleware makes `django.conf.settings.MIDDLEWARE` longer"
