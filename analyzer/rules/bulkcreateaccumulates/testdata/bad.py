# shop/management/commands/load.py
import csv

from django.core.management.base import BaseCommand

from shop.models import Bottle, Customer, Order, Reminder


class Command(BaseCommand):
    def handle(self, *args, **options):
        reminders = []
        for order in Order.objects.filter(paid=False).iterator(chunk_size=2000):
            if order.customer_id:
                reminders.append(Reminder(order=order))
        Reminder.objects.bulk_create(reminders, batch_size=500)  # want "`reminders` holds a new object for every row before the first is saved: `batch_size` bounds the statements"

        Reminder.objects.bulk_create([Reminder(order=order) for order in Order.objects.all()])  # want "the list holds a new object for every row"
        Reminder.objects.bulk_create(  # want "the list that it makes of the generator"
            objs=(Reminder(order=order) for order in Order.objects.all().iterator())
        )

        changed, seen = [], []
        for order in Order.objects.filter(open=True):
            order.open = False
            changed.append(order)
            seen.append(Reminder(order=order))
        Order.objects.bulk_update(changed, ["open"])  # want "`changed` holds every row before the first is saved"
        Reminder.objects.bulk_create(seen)  # Of the same loop: told once.

        open_orders = Order.objects.exclude(open=False)
        for order in open_orders:  # want "`open_orders` holds every row before the first is saved: `batch_size`"
            order.open = False
        Order.objects.bulk_update(open_orders, ["open"], batch_size=500)

        listed = list(Order.objects.all())  # want "`listed` holds every row before the first is saved"
        for order in listed:
            order.late = True
        Order.objects.bulk_update(objs=listed, fields=["late"])

        if bottles := Bottle.objects.filter(full=None):
            for number, bottle in enumerate(bottles):  # want "`bottles` holds every row"
                bottle.number = number
            Bottle.objects.bulk_update(bottles, ["number"])
        Order.objects.using("archive").bulk_create(Order.objects.all())  # want "the list of them holds every row before the first is saved"

    def load(self, path):
        customers = []
        with open(path) as handle:
            for row in csv.DictReader(handle):
                customers.append(Customer(name=row["name"]))
        Customer.objects.bulk_create(customers)  # want "`customers` holds a new object for every line of the file"

    def fetch(self):
        customers = self.customers(self.download())
        self.store(customers, 500)

    def customers(self, text):
        found = []
        rows = [row for row in csv.reader(text.splitlines()) if row][1:]
        for row in rows:
            found.append(Customer(name=row[0]))
        return found

    def store(self, customers, batch_size):
        Customer.objects.bulk_create(customers, batch_size)  # want "`found` holds a new object for every line of the file"
