# shop/tasks.py
from celery import shared_task
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from shop.models import Customer


class Order(models.Model):
    created = models.DateTimeField()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)


class Log(models.Model):
    text = models.TextField()


class Session(models.Model):
    user = models.ForeignKey("auth.User", on_delete=models.CASCADE)


@receiver(post_delete, sender=Log)
def deleted(sender, instance, **kwargs):
    print(instance.text)


@shared_task
def purge():
    Order.objects.filter(created__lt=timezone.now()).delete()  # want "a model of this file cascades from `Order`"
    Log.objects.all().delete()  # want "a receiver of this file waits for the deletion of `Log`"
    get_user_model().objects.filter(last_login__lt=timezone.now()).delete()  # want "a model of this file cascades from `User`"
    customers = Customer.objects.filter(active=False)
    count, details = customers.delete()  # want "the code counts what cascades"
    for model, number in details.items():
        print(model, number)
    return count
