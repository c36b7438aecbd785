# shop/settings.py
DJANGO_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]
INSTALLED_APPS = DJANGO_APPS + ["debug_toolbar", "silk", "nplusone.ext.django", "shop"]

MIDDLEWARE = [
    "silk.middleware.SilkyMiddleware",  # want "silk records every request in what looks like production's settings"
    "django.middleware.common.CommonMiddleware",
]
MIDDLEWARE += ["debug_toolbar.middleware.DebugToolbarMiddleware"]  # want "The debug toolbar is installed in what looks like"
MIDDLEWARE.append("nplusone.ext.django.NPlusOneMiddleware")  # want "nplusone watches every row"

DEBUG_TOOLBAR_CONFIG = {
    "RESULTS_CACHE_SIZE": 10_000,  # want "of the latest 10000 requests in memory"
}
