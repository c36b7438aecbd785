"""100 reports, each for another user; the models in the registry of apps, and what is held afterwards."""

from unittest.mock import Mock

from django.apps import apps
from django.db import models
from django.forms import modelform_factory
from proof import alive, held
from shop.models import Order

REPORTS = 100


def measure(page):
    table = "orders" if hasattr(page, "TABLES") else "shop_order"
    before = len(apps.all_models["shop"])
    figures = held(lambda n: page.report(Mock(user=Mock(pk=n)), table), times=REPORTS, of="reports")
    return figures | {"models": len(apps.all_models["shop"]) - before}


def check(bad, fixed):
    assert bad["models"] == REPORTS and bad["held_mb"] > 1
    assert fixed["models"] == 0 and fixed["held_mb"] < 0.1


def remarks():
    kind = type(modelform_factory(Order, fields=["number"]))
    for _ in range(100):
        modelform_factory(Order, fields=["number"])
    assert alive(kind) <= 2
    assert issubclass(Order, models.Model)
