# shop/views.py
import csv
import io

import unicodecsv
from django.http import HttpResponse

from shop.models import Order


def export(request):
    response = HttpResponse(content_type="text/csv")
    writer = csv.writer(response)  # want "The HttpResponse holds the whole CSV text in memory"
    writer.writerow(["number", "total"])
    for order in Order.objects.filter(open=True).iterator():
        writer.writerow([order.number, order.total])
    return response


def orders_to_csv(queryset):
    data = io.StringIO()
    writer = csv.DictWriter(data, fieldnames=["number"])  # want "The StringIO holds the whole CSV text"
    for order in queryset:
        if order.number:
            writer.writerow({"number": order.number})
    return data


def all_at_once(request):
    response = HttpResponse()
    writer = csv.writer(response)  # want "The HttpResponse holds"
    writer.writerows(Order.objects.values_list("number", "total"))
    return response


def mine(request):
    response = HttpResponse()
    writer = csv.writer(response)  # want "The HttpResponse holds"
    writer.writerows([order.number] for order in Order.objects.filter(customer__user=request.user))
    return response


def export_selected(modeladmin, request, queryset):
    response = HttpResponse(content_type="text/csv")
    writer = unicodecsv.writer(response, encoding="utf-8")  # want "The HttpResponse holds the whole CSV text"
    for order in queryset:
        writer.writerow([order.number])
    return response
