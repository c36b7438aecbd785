"""A request of 50 queries through the WSGI handler and the middleware of the page; what is held when it is answered."""

import tracemalloc

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path, re_path
from proof import Site, fill
from proof.memory import megabytes
from shop import urls
from shop.models import Order

QUERIES = 50


def measure(page):
    with override_settings(INSTALLED_APPS=page.INSTALLED_APPS + ["django.contrib.contenttypes"]):
        return request(page.MIDDLEWARE, ("silk",))


def request(middleware, labels):
    with connection.schema_editor() as editor:
        for label in labels:
            if apps.is_installed(label):
                for model in apps.get_app_config(label).get_models():
                    editor.create_model(model)
    fill(QUERIES)
    site = Site(ask)
    if apps.is_installed("silk"):
        urls.urlpatterns = [path("silk/", include("silk.urls", namespace="silk")), re_path("", ask)]
    settings.MIDDLEWARE = middleware
    site.handler.load_middleware()
    site.get()
    tracemalloc.start()
    site.get()
    held = megabytes(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    with connection.cursor() as cursor:
        recorded = "silk_sqlquery" in connection.introspection.table_names(cursor)
        if recorded:
            cursor.execute("SELECT count(*) FROM silk_sqlquery")
            recorded = cursor.fetchone()[0]
    return {"held_mb": held, "queries_recorded": int(recorded)}


def ask(request):
    for n in range(QUERIES):
        Order.objects.filter(number=f"2026-{n:06}", note=f"{n:01000}").exists()
    return HttpResponse("ok")


def check(bad, fixed):
    assert bad["queries_recorded"] >= 2 * QUERIES and bad["held_mb"] > 10 * fixed["held_mb"]
    assert fixed["queries_recorded"] == 0
