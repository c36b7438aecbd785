# shop/management/commands/remind.py
from itertools import islice

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand
from django.db import models
from django.db.models import Count

from shop.models import Customer, Order


class Command(BaseCommand):
    def handle(self, *args, **options):
        for order in Order.objects.filter(active=True).iterator(chunk_size=2000):
            order.remind()

        rows = Order.objects.values_list("pk", flat=True).iterator(chunk_size=2000)
        while batch := list(islice(rows, 500)):
            self.stdout.write(str(batch))

        latest = list(Order.objects.order_by("-created")[:100])
        chosen = list(Order.objects.filter(pk__in=options["ids"]))
        statuses = list(Order.objects.values_list("status", flat=True).distinct())
        counts = list(Order.objects.values("status").annotate(n=Count("pk")))
        self.stdout.write(f"{latest} {chosen} {statuses} {counts}")

        while True:
            batch = list(Order.objects.filter(archived=False)[:1000])
            if not batch:
                break
            for order in batch:
                order.archive()

        # A list of what is no QuerySet.
        self.stdout.write(str(list(options["orders"])))
        self.stdout.write(str(list(Customer.objects.get(pk=1).lines())))


class OrderQuerySet(models.QuerySet):
    def in_order(self):
        return sorted(self, key=lambda order: order.total)


def handle_one(order, request):
    return list(order.line_set.all()[:10])


def of_one(shop, work):
    # A dict, whatever it is called.
    settings = list(shop.settings.items())
    for number, (name, value) in enumerate(settings):
        work(name, value, number / len(settings))


class Grouped(BaseCommand):
    def handle(self, *args, **options):
        # All of them stay in another container.
        orders = list(Order.objects.order_by("number"))
        by_number = {}
        for order in orders:
            by_number.setdefault(order.number, []).append(order)

        shops = []
        for order in list(Order.objects.select_related("shop")):
            order.shop.last = order
            shops.append(order.shop)
        Shop.objects.bulk_update(shops, ["last"])


class Exported(BaseCommand):
    def handle(self, *args, **options):
        # All that they hold stays in another list.
        values = [order.__dict__ for order in list(Order.objects.all())]
        states = [vars(order) for order in list(Order.objects.all())]
        by_number = {order.number: order for order in list(Order.objects.all())}
        self.stdout.write(f"{values} {states} {by_number}")
