# shop/management/commands/load.py
import csv
from itertools import islice

from django.core.management.base import BaseCommand
from django.views import View

from shop.models import Customer, Order, Reminder


class Command(BaseCommand):
    def handle(self, *args, **options):
        reminders = (Reminder(order=order) for order in Order.objects.iterator(chunk_size=2000))
        while batch := list(islice(reminders, 500)):
            Reminder.objects.bulk_create(batch)

        waiting = []
        for order in Order.objects.filter(paid=False).iterator():
            waiting.append(Reminder(order=order))
            if len(waiting) >= 500:
                Reminder.objects.bulk_create(waiting)
                waiting = []
        Reminder.objects.bulk_create(waiting)

        first = [Reminder(order=order) for order in Order.objects.order_by("pk")[:100]]
        Reminder.objects.bulk_create(first)

        newest = Order.objects.order_by("-pk")[:100]
        for order in newest:
            order.late = False
        Order.objects.bulk_update(newest, ["late"])

    def given(self, orders, names, customer):
        Reminder.objects.bulk_create([Reminder(order=order) for order in orders])
        customers = []
        for name in names:
            customers.append(Customer(name=name))
        Customer.objects.bulk_create(customers)
        mine = [Reminder(order=order) for order in Order.objects.filter(customer=customer).iterator()]
        Reminder.objects.bulk_create(mine)

    def load(self, path):
        with open(path) as handle:
            rows = csv.DictReader(handle)
            while batch := [Customer(name=row["name"]) for row in islice(rows, 500)]:
                Customer.objects.bulk_create(batch)

    def send(self, text):
        self.store(self.first(text))

    def first(self, text):
        found = []
        for row in list(csv.reader(text.splitlines()))[:10]:
            found.append(Customer(name=row[0]))
        return found

    def store(self, customers):
        Customer.objects.bulk_create(customers)

    def renew(self):
        reminders = []
        for order in Order.objects.iterator():
            reminders.append(Reminder(order=order))
            if len(reminders) >= 500:
                self.save(reminders)
                reminders = []
        self.save(reminders)

    def save(self, reminders):
        Reminder.objects.bulk_create(reminders)


class RemindView(View):
    def post(self, request):
        Reminder.objects.bulk_create([Reminder(order=order) for order in Order.objects.filter(late=True)])
