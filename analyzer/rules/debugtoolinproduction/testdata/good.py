# shop/settings.py
import os

DEBUG = os.environ.get("DJANGO_DEBUG") == "1"

INSTALLED_APPS = ["django.contrib.auth", "shop", "silk_paper"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]

if DEBUG:
    INSTALLED_APPS += ["debug_toolbar", "nplusone.ext.django"]
    MIDDLEWARE.insert(0, "debug_toolbar.middleware.DebugToolbarMiddleware")
    MIDDLEWARE.append("nplusone.ext.django.NPlusOneMiddleware")

try:
    import silk
except ImportError:
    pass
else:
    INSTALLED_APPS.append("silk")
    MIDDLEWARE.append("silk.middleware.SilkyMiddleware")

DEBUG_TOOLBAR_CONFIG = {"RESULTS_CACHE_SIZE": 50}
