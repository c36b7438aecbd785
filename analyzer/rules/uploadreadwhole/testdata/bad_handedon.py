# shop/views.py
import csv
import io

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from openpyxl import load_workbook

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


def to_a_workbook(request):
    book = load_workbook(io.BytesIO(request.FILES["orders"].read()))  # want "`read()` holds the whole upload"
    return HttpResponse(len(book.sheetnames))


def by_another_module(upload: UploadedFile, out):
    out.write(upload.read())  # want "`read()` holds the whole upload"


def a_workbook_as_the_body(request):
    book = load_workbook(io.BytesIO(request.read()))  # want "`read()` holds the whole body"
    return HttpResponse(len(book.sheetnames))
