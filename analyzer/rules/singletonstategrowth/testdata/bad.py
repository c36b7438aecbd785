# shop/admin.py
import logging

from celery import Task
from django import template
from django.contrib import admin
from django.core.files.storage import FileSystemStorage

from shop.models import Order


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "total"]

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        self.seen = {}

    def get_list_display(self, request):
        self.list_display.append("margin")  # want "`list_display` on OrderAdmin keeps one entry of every call; an admin class lives as long as the process"
        self.seen[request.user.pk] = True  # want "`seen` on OrderAdmin keeps one entry for each `request.user.pk`"
        return self.list_display


class CounterNode(template.Node):
    def __init__(self):
        self.rendered = []

    def render(self, context):
        self.rendered.append(context["user"])  # want "`rendered` on CounterNode"
        return str(len(self.rendered))


class LastRecords(logging.Handler):
    records = []

    def emit(self, record):
        self.records.append(record)  # want "`records` on LastRecords keeps `record` of every call"


class ShopStorage(FileSystemStorage):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = set()

    def exists(self, name):
        self.known.add(self.url(name))
        self.known.add(name.url)  # want "`known` on ShopStorage"
        return super().exists(name)


class LoggedTask(Task):
    results = {}

    def on_success(self, retval, task_id, args, kwargs):
        self.results[task_id] = retval  # want "`results` on LoggedTask keeps one entry for each `task_id`"


class Router:
    chosen = []

    def db_for_read(self, model, **hints):
        self.chosen.append((model, hints))  # want "`chosen` on Router keeps one tuple of every call; a database router"
        return "default"
