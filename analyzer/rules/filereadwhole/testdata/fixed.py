# shop/management/commands/load.py
import csv
import gzip
import hashlib
import io
import json
import zipfile

import requests
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.db import models

from shop.models import Invoice


class Command(BaseCommand):
    def handle(self, *args, **options):
        with open(options["path"]) as handle:
            for line in handle:  # want "`readlines()` holds every line of the file"
                self.stdout.write(line)
            names = [line.strip() for line in handle]  # want "`readlines()` holds every line"
        for line in open(options["other"]).read().splitlines():  # want "`read()` holds the whole file in memory to split it into lines"
            self.stdout.write(line + names[0])

    def copy(self, source, target):
        with open(source, "rb") as handle, open(target, "wb") as out:
            out.write(handle.read())  # want "to write it to another"
        digest = hashlib.sha256(open(target, "rb").read()).hexdigest()  # want "to hash it"
        return digest

    def archive(self, path):
        for invoice in Invoice.objects.filter(archived=False).iterator():
            with open(path, "wb") as out:
                out.write(invoice.document.read())  # want "to write it to another"

    def unpack(self, pk):
        invoice = Invoice.objects.get(pk=pk)
        archive = zipfile.ZipFile(io.BytesIO(invoice.document.read()))  # want "to make a file of it again"
        content = invoice.scan.read()  # want "to make a file of it again"
        if not content:
            return None
        invoice.copy.save("copy.pdf", ContentFile(content))
        return archive

    def send(self, path, url):
        with default_storage.open(path) as handle:
            requests.post(url, data=handle.read(), timeout=30)  # want "to send it"

    def load(self, path):
        with open(path) as handle:
            rows = json.load(handle)  # want "`json.load()` holds every element of the file"
        for row in rows:
            self.stdout.write(row["name"])
        with open(path) as handle:
            for row in csv.reader(handle.read().splitlines()):  # want "to split it into lines"
                self.stdout.write(row[0])


def digest(file, hasher):
    data = file.read()  # want "to hash it"
    file.seek(0)
    hasher.digest.update(data)


def numbers(path):
    # The file is closed before anybody asks for a number: there is no fix.
    with open(path) as handle:
        return (int(line) for line in handle.readlines())  # want "`readlines()` holds every line"


def total(path):
    with open(path) as handle:
        return sum(int(line) for line in handle)  # want "`readlines()` holds every line"


class Price(models.Model):
    path = models.CharField("path", max_length=255)

    def numbers(self):
        with open(self.path) as handle:
            for line in handle:  # want "`readlines()` holds every line of the file"
                yield line.strip()


class Scan:
    def checksum(self):
        with self.open() as handle:
            return hashlib.sha256(handle.read()).hexdigest()  # want "to hash it"

    def mark(self, hash_function):
        handle = self.open_original()
        self.digest = hash_function(handle.read())  # want "to hash it"
        handle.close()


def keep_export(orders, keep):
    with orders.export_to_tempfile() as out:
        keep(ContentFile(out.read(), name="orders.csv"))  # want "to make a file of it again"


def store_export(orders, path):
    with orders.export_to_tempfile() as out:
        document = orders.documents.create(file=ContentFile(out.read(), name=path))  # want "to make a file of it again"
    return document.pk


def prices(archive, bucket, key):
    # Whatever opened it.
    with archive.member(key) as handle:
        for line in handle.readlines():  # want "`readlines()` holds every line of the file"
            yield line
    for row in csv.reader(bucket.fetch(key)["Body"].read().decode().splitlines()):  # want "to split it into lines"
        yield row[0]


class Spool:
    def lines(self):
        self.file.seek(0)
        for line in self.file.readlines():  # want "`readlines()` holds every line of the file"
            yield line.strip()


def scores(path):
    text = gzip.open(path).read().decode("utf-8")  # want "to split it into lines"
    for row in csv.reader(text.split("\n")):
        yield row


def how_many(path):
    with open(path) as handle:
        return len(handle.readlines()) - 1  # want "to count them"


def load_prices(path, upload):
    with open(path) as handle:
        prices = handle.readlines()  # want "`readlines()` holds every line of the file in memory, and the code takes one or a few at a time"
    for price in prices:
        print(price)
    with open(upload.csv_path) as handle:
        reader = csv.DictReader(handle)
        rows = list(reader)  # want "`list()` holds every row of the file in memory, and the code takes one or a few at a time"
        batches = [rows[i:i + 500] for i in range(0, len(rows), 500)]
    print(batches)


def last_errors(path):
    with open(path) as handle:
        lines = handle.readlines()  # want "`readlines()` holds every line of the file in memory, and only the last are used"
    return lines[-100:]


def last_visit():
    with open("/var/log/shop/visits.log") as handle:
        return list(handle)[-1]  # want "and only the last are used"
