# shop/files.py
import json
import os
import tempfile
import zipfile
from multiprocessing import Pool

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage


def forbidden_names():
    file = open(settings.FORBIDDEN_NAMES)  # want "forbidden_names opens the file `file` with each call and never closes it"
    return [line.strip() for line in file.readlines()]


def rates(path):
    source = open(path, encoding="utf-8")  # want "rates opens the file `source`"
    return json.load(source)


def pack(request):
    archive = zipfile.ZipFile("orders.zip", "w")  # want "pack opens the archive `archive`"
    archive.write("orders.csv")


def export(orders):
    pool = Pool(4)  # want "export opens the pool of processes `pool`"
    pool.map(str, orders)


def terms(request):
    text = default_storage.open("terms.txt")  # want "terms opens the stored file `text`"
    return text.read().decode()


def price_list(path):
    prices = json.load(open(path))  # want "price_list opens a file with each call and has no name to close it by"
    labels = open(path + ".labels").read().split()  # want "price_list opens a file"
    notes = [line.strip() for line in open(path + ".notes")]  # want "price_list opens a file"
    for line in open(path + ".more"):  # want "price_list opens a file"
        notes.append(line)
    terms = default_storage.open("terms.txt").read()  # want "price_list opens a stored file"
    return prices, labels, notes, terms


def attach(order, path):
    order.invoice.save("invoice.pdf", File(open(path, "rb")))  # want "attach opens a file"


def merged(folder):
    first = open(folder + "/first.csv")  # want "merged opens the file `first` with each call and never closes it, nor 2 more"
    second = open(folder + "/second.csv")
    third = open(folder + "/third.csv")
    return first.read() + second.read() + third.read()


def thumbnail(photo):
    descriptor, path = tempfile.mkstemp(suffix=".png")  # want "Garbage collection never closes the descriptor that `mkstemp()` returns: thumbnail opens one with each call and does not close it"
    photo.save(path)
    return path


def label(order):
    _, path = tempfile.mkstemp()  # want "label opens one with each call and does not close it, nor 1 more"
    other = tempfile.mkstemp()[1]
    return order.label(path, other)


def note(text):
    pair = tempfile.mkstemp()  # want "note opens one"
    with open(pair[1], "w") as file:
        file.write(text)
    return pair[1]


def certificate(content):
    number, path = tempfile.mkstemp()  # want "certificate opens one"
    os.write(number, content)
    return path
