# shop/management/commands/remind.py
from django.core.management.base import BaseCommand
from django.db.models import Count
from django.views import View

from shop.models import Order, Status


class Command(BaseCommand):
    def handle(self, *args, **options):
        for order in Order.objects.filter(paid=False).iterator():
            order.remind()

        for order in Order.objects.order_by("created")[:100]:
            order.remind()

        for order in Order.objects.filter(pk__in=options["ids"]):
            order.remind()

        for row in Order.objects.values("status").annotate(n=Count("pk")):
            self.stdout.write(str(row))

        for status in Order.objects.values_list("status", flat=True).distinct():
            self.stdout.write(status)

        for day in Order.objects.dates("created", "day"):
            self.stdout.write(str(day))

        # Needed twice: the second loop finds the rows in the cache.
        orders = Order.objects.filter(open=True)
        for order in orders:
            order.lock()
        for order in orders:
            order.close()

        # Its rows are looked at again outside the loop.
        late = Order.objects.filter(late=True)
        for order in late:
            order.remind()
        self.stdout.write(str(len(late)))

        # Each pass of the outer loop meets the same QuerySet.
        statuses = Status.objects.all()
        for order in Order.objects.iterator():
            for status in statuses:
                order.apply(status)

        # The related objects were prefetched with their parent.
        for order in Order.objects.prefetch_related("lines").iterator(chunk_size=100):
            for line in order.lines.all():
                line.close()

        # Nothing is known of these.
        for order in options["orders"]:
            order.close()
        for order in self.orders():
            order.close()

        # The rows are kept whatever fetches them.
        by_number = {order.number: order for order in Order.objects.filter(open=True)}

        # Bounded whichever way the code takes.
        latest = Order.objects.order_by("-created")
        latest = latest[:100] if options["few"] else latest[:1000]
        for order in latest:
            order.close(by_number)

        # A walk through the table by key.
        for start in range(0, options["last"], 1000):
            for order in Order.objects.filter(pk__gte=start, pk__lt=start + 1000):
                order.close(by_number)

        # The second value of a name that is used twice.
        found = Order.objects.filter(paid=True)
        self.stdout.write(f"{found.count()} orders")
        found = found[:10]
        for order in found:
            order.close(by_number)

    def orders(self):
        return Order.objects.none()


class OrderNumbers(View):
    # A view shows what it shows.
    def get(self, request):
        return [order.number for order in Order.objects.filter(open=True)]


class Stopped(BaseCommand):
    def handle(self, *args, **options):
        if options:
            raise CommandError("Not any more")
            for order in Order.objects.all():
                order.remind()
        return
        for order in Order.objects.all():
            order.remind()


class Asks(BaseCommand):
    def handle(self, *args, **options):
        # Read to the end by whoever chooses one of them.
        for order in Order.objects.order_by("pk"):
            print(order.pk, order.number)
        number = input("Which one? ")
        try:
            Order.objects.get(number=number).close()
        except Order.DoesNotExist:
            # Short enough for a message.
            known = ", ".join(order.number for order in Order.objects.all())
            raise CommandError(f"{number} is none of {known}")

    def found(self, numbers):
        # A list that grows is none of rows that the database has.
        orders = []
        for number in numbers:
            orders.append(number)
        for order in orders:
            print(order)

    def totals(self):
        # A number for each day, and the customers of the orders.
        for day in Order.objects.get_total():
            print(day)
        for customer in Order.objects.get_customers():
            print(customer)
