# shop/admin.py
import logging
from collections import deque

from django import template
from django.contrib import admin
from django.core.management.base import BaseCommand
from django.views import View

from shop.models import Order


@admin.register(Order)
class OrderAdmin(admin.ModelAdmin):
    list_display = ["number", "total"]

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        self.columns = []
        for field in model._meta.fields:
            self.columns.append(field.name)
        self.by_model = {}

    def get_list_display(self, request):
        columns = list(self.list_display)
        columns.append("margin")
        self.by_model[self.model] = columns
        return [*self.list_display, "margin"]


class LineInline(admin.TabularInline):
    """Made anew for each request."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = []

    def get_queryset(self, request):
        self.seen.append(request.path)
        return super().get_queryset(request)


class CounterNode(template.Node):
    def render(self, context):
        context.render_context.setdefault(self, []).append(context["user"])
        return ""


class LastRecords(logging.Handler):
    def __init__(self):
        super().__init__()
        self.records = deque(maxlen=100)
        self.buffer = []

    def emit(self, record):
        self.records.append(record)
        self.buffer.append(record)
        if len(self.buffer) > 10:
            self.flush()

    def flush(self):
        self.buffer.clear()


class OrderView(View):
    def get(self, request):
        self.lines = []
        self.lines.append(request.path)


class Command(BaseCommand):
    def __init__(self):
        super().__init__()
        self.errors = []

    def handle(self, **options):
        for order in Order.objects.iterator():
            self.errors.append(order.pk)
