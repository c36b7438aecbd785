"""What the code on the rules' pages imports from shop.models."""

from django.db import models


class Customer(models.Model):
    email = models.EmailField()


class Order(models.Model):
    customer = models.ForeignKey(Customer, models.CASCADE, null=True)
    user = models.ForeignKey(Customer, models.CASCADE, null=True, related_name="+")
    number = models.CharField(max_length=20)
    total = models.IntegerField(default=0)
    paid = models.BooleanField(default=False)
    open = models.BooleanField(default=False)
    late = models.BooleanField(default=False)
    scanned = models.BooleanField(default=False)
    shipped = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    note = models.TextField()

    def remind(self):
        """Stands for the work on one order."""

    def ship(self):
        """Stands for the work on one order."""

    def notify(self, user):
        """Stands for a message to somebody."""


class Line(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    article = models.CharField(max_length=40)
    amount = models.PositiveIntegerField(default=1)
    price = models.IntegerField(default=0)


class Reminder(models.Model):
    order = models.ForeignKey(Order, models.CASCADE)


class Category(models.Model):
    name = models.CharField(max_length=40)


class Discount(models.Model):
    user = models.ForeignKey(Customer, models.CASCADE)


class Invoice(models.Model):
    document = models.FileField(upload_to="invoices")
