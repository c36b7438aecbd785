# shop/tasks.py
from celery import shared_task
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone


class Order(models.Model):
    created = models.DateTimeField()


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)


class Note(models.Model):
    order = models.ForeignKey("shop.Customer", on_delete=models.SET_NULL)


@shared_task
def purge(order):
    # Nothing is known to refer to these: one DELETE.
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    Line.objects.filter(order__created__lt=timezone.now()).delete()

    # One row, or none.
    Order.objects.filter(name="first").delete()

    # In pieces.
    old = Order.objects.filter(created__lt=timezone.now())
    while pks := list(old.values_list("pk", flat=True)[:1000]):
        Order.objects.filter(pk__in=pks).delete()

    # Of one object.
    Order.objects.filter(line__order=order).delete()
    order.delete()
    count, _ = Note.objects.all().delete()
    old._raw_delete(old.db)
    return count


def view(request):  # No task: takes a request.
    Order.objects.filter(created__lt=timezone.now()).delete()
