"""5,000 categories in SQLite; what is held after a request has shown them, and what the view shows of one more."""

import json

from django.test import RequestFactory
from proof import held
from shop.models import Category


def measure(page):
    Category.objects.bulk_create(Category(name=f"category {n}") for n in range(5000))
    request = RequestFactory().get("/categories/")
    figures = held(lambda n: n and page.categories(request), times=10, of="requests")
    Category.objects.create(name="new")
    shown = json.loads(page.categories(request).content)["categories"]
    return figures | {"new_row_shown": "new" in shown}


def check(bad, fixed):
    assert bad["held_mb"] > 1 and not bad["new_row_shown"]
    assert fixed["held_mb"] < 0.1 and fixed["new_row_shown"]
