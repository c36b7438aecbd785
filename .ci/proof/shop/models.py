"""What the code on the rules' pages imports from shop.models."""

from django.db import models


class Customer(models.Model):
    email = models.EmailField()


class Order(models.Model):
    customer = models.ForeignKey(Customer, models.CASCADE, null=True)
    number = models.CharField(max_length=20)
    paid = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    note = models.TextField()

    def remind(self):
        """Stands for the work on one order."""


class Line(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    article = models.CharField(max_length=40)
    amount = models.PositiveIntegerField(default=1)


class Invoice(models.Model):
    document = models.FileField(upload_to="invoices")


def fill(orders, lines=0):
    """Makes that many unpaid orders of about half a kilobyte, each with that many lines."""
    Order.objects.bulk_create(
        (Order(number=f"2026-{n:06}", note=f"order {n}: ".ljust(400, ".")) for n in range(orders)), batch_size=1000
    )
    pks = Order.objects.order_by("pk").values_list("pk", flat=True)
    Line.objects.bulk_create(
        (Line(order_id=pk, article=f"article {n}") for pk in pks for n in range(lines)), batch_size=1000
    )
