# shop/management/commands/watch.py
import io
import json
import time

import ijson
import requests
from django.core.management.base import BaseCommand

from shop.models import Order


class Command(BaseCommand):
    def handle(self, *args, **options):
        seen = set()
        durations = []
        errors = {}
        log = ""
        while True:
            started = time.time()
            for order in Order.objects.filter(new=True)[:100]:
                if order.pk in seen:
                    continue
                seen.add(order.pk)  # want "`seen` keeps something of every pass of a loop that does not end"
                try:
                    order.ship()
                except ValueError as error:
                    errors[order.pk] = error  # want "`errors` keeps something of every pass"
            durations.append(time.time() - started)  # want "`durations` keeps something of every pass"
            log += f"{started}\n"  # want "`log` keeps something of every pass"
            time.sleep(1)

    def remind(self):
        mails = []
        for order in Order.objects.filter(paid=False).iterator(chunk_size=500):
            mails.append(make_mail(order))  # want "`mails` keeps something of every row"
        send(mails)

        report = []
        for order in Order.objects.iterator():
            report.append({"number": order.number, "total": order.total})  # want "`report` keeps something of every row"
        self.stdout.write(str(report))

    def fetch(self, url):
        content = b""
        with requests.get(url, stream=True, timeout=30) as response:
            for chunk in response.iter_content(65536):
                content += chunk  # want "`content` puts all pieces together again"
        return content

    def load(self, path):
        pieces = []
        with open(path, "rb") as handle:
            while piece := handle.read(65536):
                pieces.append(piece)  # want "`pieces` puts all pieces together again"
        buffer = io.BytesIO()
        with open(path, "rb") as handle:
            while True:
                block = handle.read(65536)
                if not block:
                    break
                buffer.write(block)  # want "`buffer` puts all pieces together again"
        for block in iter(lambda: handle.read(1024), b""):
            buffer.write(block)  # want "`buffer` puts all pieces together again"
        return b"".join(pieces), buffer


    def merge(self, paths):
        deliveries = []
        by_path = {}
        for path in paths:
            with open(path) as handle:
                deliveries.append(json.load(handle))  # want "`deliveries` keeps every file that the loop parses until the last is read"
            with open(path) as handle:
                delivery = json.load(handle)
            by_path[path] = delivery  # want "`by_path` keeps every file"
        return deliveries, by_path


def make_mail(order):
    return order


def send(mails):
    print(len(mails))


def join_parts(folder, numbers):
    whole = io.BytesIO()
    for number in numbers:
        with open(f"{folder}/{number}", "rb") as part:
            whole.write(part.read())  # want "`whole` holds one file after the other in memory"
    return whole


def every_row(cursor):
    found, orders = [], []
    while rows := cursor.fetchmany(1000):
        found.extend(rows)  # want "`found` holds every row in the end"
    while True:
        rows = cursor.fetchmany(1000)
        if not rows:
            break
        for row in rows:
            orders.append(dict(row))  # want "`orders` holds every row in the end"
    return found, orders


def listed(cursor):
    def rows():
        while batch := cursor.fetchmany(1000):
            yield from batch

    return [{"number": number} for number, total in rows()]  # want "The list holds every row in the end"


def pages(fetch):
    number = 1
    while page := fetch(number):
        yield page
        number += 1


def export_pages(fetch):
    rows = []
    by_day = {}
    for page in pages(fetch):
        rows += page  # want "`rows` keeps everything that `pages()` yields until the loop has ended"
    for page in filter(None, pages(fetch)):
        by_day.setdefault(page["day"], []).append(page)  # want "`by_day` keeps everything that `pages()` yields"
    return rows, by_day


def import_parcels(handle):
    weights, parcels = [], []
    for parcel in ijson.items(handle, "item"):
        parcels.append(parcel["code"])  # want "`parcels` keeps everything that `ijson.items()` parses piece by piece"
    for prefix, event, value in ijson.parse(handle):
        if prefix == "item.weight":
            weights.append(value)  # want "`weights` keeps everything that `ijson.parse()` parses piece by piece"
    prices = list(ijson.items(handle, "prices.item"))  # want "`list()` keeps everything that `ijson.items()` parses"
    labels = [label["text"] for label in ijson.items(handle, "labels.item")]  # want "The list keeps everything"
    return weights, parcels, prices, labels
