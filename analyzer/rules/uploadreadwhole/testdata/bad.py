# shop/views.py
import copy
import csv
import io

from django import forms
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import HttpResponse


class ImportForm(forms.Form):
    orders = forms.FileField()
    note = forms.CharField()


def upload(request):
    file = request.FILES["file"]
    content = file.read()  # want "`read()` holds the whole upload in memory"
    return HttpResponse(len(content))


def import_orders(request):
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        text = form.cleaned_data["orders"].read().decode("utf-8")  # want "`read()` holds the whole upload"
        for row in csv.reader(io.StringIO(text)):
            print(row)


def replace_logo(request, shop):
    logo = request.FILES.get("logo")
    shop.logo.save("logo.png", ContentFile(logo.read()))  # want "`read()` holds the whole upload"


def many(request):
    for document in request.FILES.getlist("documents"):
        lines = document.readlines()  # want "`readlines()` holds the whole upload"
        print(len(lines))


def digest(upload: UploadedFile):
    return hash(b"".join(upload.chunks()))  # want "`join()` holds the whole upload"


class Invoice(models.Model):
    document = models.FileField()

    def text(self):
        return self.document.read(-1)  # want "`read()` holds the whole upload"


def buffered(request):
    buffer, content = io.BytesIO(), b""
    for chunk in request.FILES["file"].chunks():
        buffer.write(chunk)  # want "`buffer` holds the whole upload in memory"
        content += chunk  # want "`content` holds the whole upload in memory"
    return buffer, content


def through_the_api(request):
    data = request.data["csv_file"].read()  # want "`read()` holds the whole upload"
    inner = request.FILES["file"].file.read()  # want "`read()` holds the whole upload"
    copied = copy.deepcopy(request.FILES["file"])  # want "`deepcopy()` holds the whole upload"
    for name, upload in request.FILES.items():
        print(name, upload.open().read())  # want "`read()` holds the whole upload"
    return data, inner, copied


def body(request):
    return request.read()  # want "DATA_UPLOAD_MAX_MEMORY_SIZE does not bound it here"


def past_django(request, storage):
    body = request.META["wsgi.input"]
    storage.save("order.csv", ContentFile(body.read()))  # want "no limit of Django's bounds what is read past it"
    for body in storage.parts():
        print(body)


def application(environ, start_response, out):
    out.write(environ["wsgi.input"].read())  # want "no limit of Django's bounds what is read past it"


def from_its_file(request, keep):
    upload = request.FILES["file"]
    with open(upload.temporary_file_path(), "rb") as handle:
        keep(io.BytesIO(handle.read()))  # want "`read()` holds the whole upload"
    with upload.open() as handle:
        text = handle.read().decode("cp1252")  # want "`read()` holds the whole upload"
        for row in csv.reader(io.StringIO(text)):
            keep(row)
