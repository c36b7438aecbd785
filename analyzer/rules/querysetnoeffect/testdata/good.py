# shop/management/commands/watch.py
from django.core.exceptions import FieldError
from django.core.management.base import BaseCommand

from shop.models import Order


class Command(BaseCommand):
    def handle(self, *args, **options):
        Order.objects.filter(paid=True).delete()
        Order.objects.filter(paid=False).update(open=True)
        Order.objects.create(number=1)
        Order.objects.bulk_create([])
        orders = Order.objects.filter(open=True)
        orders.update(open=False)
        print(Order.objects.filter(late=True).count())

        # A method of the project's own may do anything.
        Order.objects.close_all()
        Order.objects.filter(late=True).close()

        # Evaluated: a slice with a step, an index.
        Order.objects.all()[::2]
        Order.objects.all()[0]

        # There for what they raise.
        try:
            Order.objects.filter(**options["look_ups"])
        except FieldError:
            raise SystemExit("no such field")
        self.get_queryset()

    def get_queryset(self):
        return Order.objects.all()

    def other(self, session, frame):
        # Not Django's.
        session.query(Order).filter(Order.open == 1).all()
        frame.groups.all()
        frame.filter(open=True)


# @register.simple_tag
def switched_off(context):
    Order.objects.values("number")
    return context
