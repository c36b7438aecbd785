# shop/views.py
from django.core.paginator import Paginator

from shop.models import Order


def orders(request, render):
    page = Paginator(Order.objects.order_by("-created"), 25).get_page(1)  # want "every row to show one page"
    return render({"page": page})


def open_orders(request, render):
    found = Order.objects.filter(open=True)  # want "every row to show one page"
    paginator = Paginator(found, per_page=25)
    return render({"page": paginator.get_page(request.GET.get("page"))})


def by_total(request):
    return Paginator(sorted(Order.objects.all(), key=lambda order: order.total), 25)  # want "every row to show one page"


def numbers(request):
    return Paginator([order.number for order in Order.objects.all()], 25)  # want "every row to show one page"
