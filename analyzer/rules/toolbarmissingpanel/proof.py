"""The toolbar with the panels of the page; what loading them ends in."""

from django.conf import settings
from django.test import override_settings
from proof import attempt


def measure(page):
    settings.STATIC_URL = "/static/"
    settings.DEBUG_TOOLBAR_PANELS = page.DEBUG_TOOLBAR_PANELS
    return {"error": attempt(load_panels)}


def load_panels():
    apps = ["django.contrib.contenttypes", "django.contrib.staticfiles", "debug_toolbar"]
    with override_settings(INSTALLED_APPS=apps):
        from debug_toolbar.toolbar import DebugToolbar

        DebugToolbar.get_panel_classes()


def check(bad, fixed):
    assert bad["error"].startswith("ModuleNotFoundError: No module named 'debug_toolbar.panels.memory'")
    assert fixed["error"] == ""
