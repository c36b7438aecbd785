# shop/files.py
import json
import zipfile
from multiprocessing import Pool

from django.conf import settings


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
