# shop/views.py
import csv
import io

from django.http import HttpResponse

from shop.orders import Importer
from shop.tasks import update_orders


def to_a_task(request):
    lines = request.FILES["orders"].read().decode().splitlines()  # want "`read()` holds the whole upload"
    update_orders.delay(lines)
    return HttpResponse("ok")


def to_an_importer(request):
    Importer(request.user).load(request.FILES["orders"].read())  # want "`read()` holds the whole upload"
    return HttpResponse("ok")


def to_a_list(request):
    orders = io.StringIO(request.FILES["orders"].read().decode())  # want "`read()` holds the whole upload"
    return HttpResponse(len(list(csv.reader(orders))))
