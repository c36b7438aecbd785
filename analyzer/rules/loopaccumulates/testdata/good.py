# shop/management/commands/watch.py
import hashlib
import io
import json
import time
from collections import Counter, deque

import ijson
import requests
from celery import shared_task
from django.core.management.base import BaseCommand

from shop.models import Order


class Command(BaseCommand):
    def handle(self, *args, **options):
        recent = deque(maxlen=100)
        batch = []
        queue = []
        counts = {}
        measured = []
        passes = 0
        while True:
            recent.append(time.time())
            batch.append(time.time())
            if passes % 100 == 0:
                send(batch)
                batch = []
            queue.append(time.time())
            queue.pop(0)
            counts["passes"] = passes
            passes += 1
            if len(measured) < 1000:
                measured.append(time.time())
            found = []
            for order in Order.objects.filter(new=True)[:100]:
                found.append(order)
            send(found)
            time.sleep(1)

    def pages(self, client):
        # Ends with the last page.
        rows = []
        while True:
            page = client.page(len(rows))
            if not page:
                break
            rows.extend(page)
        return rows

    def until(self, client):
        rows = []
        while True:
            rows.append(client.row())
            if client.done:
                return rows

    def each(self):
        numbers, total, late = [], 0, []
        words = Counter()
        for order in Order.objects.iterator():
            numbers.append(order.number)
            total += order.total
            words.update(order.text.split())
            if order.is_late():
                late.append(order)
        return numbers, total, late, words

    def flushed(self):
        batch = []
        for order in Order.objects.iterator():
            batch.append(make_mail(order))
            if len(batch) >= 500:
                send(batch)
                batch.clear()
        send(batch)

    def saved(self):
        # How much bulk_create may take is another rule's matter.
        copies = []
        for order in Order.objects.iterator():
            copies.append(Order(number=order.number, copy_of=order))
        Order.objects.bulk_create(copies)

    def bounded(self):
        mails = []
        for order in Order.objects.filter(paid=False)[:100]:
            mails.append(make_mail(order))
        send(mails)

    def fetch(self, url, path):
        digest = hashlib.sha256()
        with requests.get(url, stream=True, timeout=30) as response, open(path, "wb") as out:
            for chunk in response.iter_content(65536):
                digest.update(chunk)
                out.write(chunk)
        return digest.hexdigest()

    def limited(self, url):
        content = b""
        with requests.get(url, stream=True, timeout=30) as response:
            for chunk in response.iter_content(65536):
                content += chunk
                if len(content) > 1_000_000:
                    raise ValueError("too large")
        return content

    def line(self, handle):
        line = b""
        while True:
            char = handle.read(1)
            line += char
            if char == b"\n":
                return line

    def counted(self, handle):
        buffer, size = io.BytesIO(), 0
        while chunk := handle.read(65536):
            size += len(chunk)
            if size > 1_000_000:
                raise ValueError("too large")
            buffer.write(chunk)
        return buffer


class OrderList:
    # No code that works through the table by itself.
    def rows(self, request):
        rows = []
        for order in Order.objects.filter(customer=request.user):
            rows.append({"number": order.number})
        return rows


def make_mail(order):
    return order


def send(mails):
    print(mails)


def join_parts(folder, numbers, out):
    for number in numbers:
        with open(f"{folder}/{number}", "rb") as part:
            out.write(part.read())


def one_by_one(folder, numbers):
    for number in numbers:
        buffer = io.BytesIO()
        with open(f"{folder}/{number}", "rb") as part:
            buffer.write(part.read())
        yield buffer


def head_and_foot(folder):
    page = io.StringIO()
    for name in ("head", "foot"):
        with open(f"{folder}/{name}") as part:
            page.write(part.read())
    return page.getvalue()


def beginnings(folder, numbers):
    lines = io.StringIO()
    for number in numbers:
        with open(f"{folder}/{number}") as part:
            lines.write(part.read(80))
    return lines


def cuts(pattern, text):
    found, last = [], 0
    try:
        while True:
            # Raises an error where there is no more.
            last = pattern.search(text, last).end()
            found.append(last)
    except AttributeError:
        pass
    return found


def export_totals(paths, currencies):
    totals, configs, rates = [], {}, {}
    for path in paths:
        with open(path) as handle:
            delivery = json.load(handle)
            totals.append(delivery["total"])
        with open(path) as handle:
            configs[path] = json.load(handle)
    for currency in ("EUR", "USD"):
        with open(f"{paths[0]}/{currency}") as handle:
            rates[currency] = json.load(handle)
    for currency in currencies:
        with open("rates.json") as handle:
            rates[currency] = json.load(handle)
    return totals, configs, rates


def in_batches(cursor, save):
    found, totals = [], []
    while rows := cursor.fetchmany(1000):
        found.extend(rows)
        if len(found) > 5000:
            save(found)
            found.clear()
        for row in rows:
            totals.append(row[0])
    return totals


def streamed_rows(cursor):
    def rows():
        while batch := cursor.fetchmany(1000):
            yield from batch

    open_rows = [row for row in rows() if row[1]]
    return open_rows, ({"number": number} for number, total in rows())


def words(text):
    for word in text.split():
        yield word.lower()


def export_words(text, send):
    seen, joined, params, long = set(), "", {}, []
    for word in words(text):
        seen.add(word)
        joined += word
        params["word"] = word
        if len(word) > 20:
            long.append(word)
        send(params)
    return seen, joined, long


def logged(path):
    with open(path) as log:
        for line in log:
            yield line.split()


@shared_task
def read_log(path):
    requests = []
    for request in logged(path):
        requests.append(request)
    return requests


@shared_task
def read_logs(folder):
    for path in folder.iterdir():
        read_log.delay(str(path))


def import_parcels(handle):
    total, heavy, batch = 0, [], []
    for parcel in ijson.items(handle, "item"):
        total += parcel["weight"]
        if parcel["weight"] > 20:
            heavy.append(parcel)
        batch.append(parcel)
        if len(batch) == 500:
            send(batch)
            batch = []
    lost = [parcel for parcel in ijson.items(handle, "item") if parcel["lost"]]
    return total, heavy, lost, (label for label in ijson.items(handle, "labels.item"))
