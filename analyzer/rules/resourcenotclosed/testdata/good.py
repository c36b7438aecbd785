# shop/files.py
import gzip
import io
import json
import os
import tempfile
import zipfile
from contextlib import ExitStack, closing
from multiprocessing import Pool

from celery import shared_task
from django.db import models
from django.http import FileResponse

from django.core.files import File
from django.core.files.storage import default_storage

from shop.storage import keep


def names(path):
    with open(path) as file:
        return file.readlines()


def rates(path):
    source = open(path)
    try:
        return json.load(source)
    finally:
        source.close()


def download(request):
    file = open("orders.csv", "rb")
    return FileResponse(file)


def handed_on(path, stack: ExitStack):
    first = open(path)
    keep(first)
    second = stack.enter_context(open(path))
    third = open(path)
    with closing(third):
        return second.read()


def opened(path):
    file = open(path)
    return file


class Export:
    def start(self, path):
        self.file = open(path, "w")
        file = open(path)
        self.other = file


def unpack(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    buffer = io.BytesIO()
    other = zipfile.ZipFile(buffer)
    return archive.namelist(), other.namelist()


def export(orders):
    with Pool(4) as pool:
        pool.map(str, orders)
    other = Pool(4)
    other.map(str, orders)
    other.terminate()


def nested(path):
    file = open(path)

    def read():
        return file.read()

    return read


def open_with(opener, path):
    file = opener.open(path)
    return file.read()


def terms(request):
    with default_storage.open("terms.txt") as text:
        return text.read()


def invoice(request, path):
    # The response closes what it sends.
    return FileResponse(File(open(path, "rb")))


def lines(path, stack: ExitStack):
    # Somebody else may close it.
    keep(open(path))
    return stack.enter_context(open(path)).read()


def attached(path):
    return File(open(path, "rb"))


def fixture(name):
    if os.environ["SHOP_STAGE"] == "test" and name:
        handle = open(name)
        return handle.read()


class Delivery(models.Model):
    archive = models.FileField()

    def names(self):
        packed = zipfile.ZipFile(self.archive)
        return len(packed.namelist())


def old_rates(path):
    """Deprecated: use rates()."""
    source = open(path)
    return source.read()


def imported_nowhere(path):
    source = open(path)
    return Parcels(source.read())


SPECIES = "/Users/robin/Documents/species.txt"


def load_species(path=SPECIES):
    source = open(path)
    return [line.split(",") for line in source.readlines()]


@shared_task
def scores(compressed_file, archive):
    # What is open already is somebody else's to close.
    text = gzip.open(compressed_file).read()
    source = gzip.open(archive)
    return text + source.read()


def thumbnail(photo):
    number, path = tempfile.mkstemp(suffix=".png")
    os.close(number)
    photo.save(path)
    return path


def note(text):
    number, path = tempfile.mkstemp()
    with os.fdopen(number, "w") as file:
        file.write(text)
    return path


def certificate(content):
    number = None
    try:
        number, path = tempfile.mkstemp()
        os.write(number, content)
    finally:
        if number is not None:
            os.close(number)
    return path


def scratch(stack: ExitStack):
    # Whoever calls it has the descriptor.
    pair = tempfile.mkstemp()
    stack.callback(os.close, pair[0])
    other, path = tempfile.mkstemp()
    return pair[1], other, path, tempfile.mkstemp()


def label(order):
    with tempfile.NamedTemporaryFile(delete=False) as file:
        order.write_label(file)
    return file.name
