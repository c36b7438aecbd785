# shop/views.py
from django.core.paginator import Paginator

from shop.models import Order


def orders(request):
    return Paginator(Order.objects.order_by("-created"), 25).get_page(1)


def latest(request):
    return Paginator(list(Order.objects.order_by("-created")[:100]), 25)


def lists(request, rows):
    return Paginator(rows, 25), Paginator(list(rows), 25)


def used_twice(request, render):
    found = list(Order.objects.filter(open=True))
    return render({"page": Paginator(found, 25).get_page(1), "total": sum(order.total for order in found)})
