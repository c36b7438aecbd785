# shop/management/commands/report.py
import sqlite3

from celery import shared_task
from django.core.management.base import BaseCommand
from django.db import connection, connections

QUERY = "SELECT number, total FROM shop_order WHERE paid"
TABLE = "words"


class Command(BaseCommand):
    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM shop_order WHERE created < %s", [options["before"]])
            for row in cursor.fetchall():  # want "`fetchall()` holds every row of the query"
                self.stdout.write(row[0])
            cursor.execute(QUERY)
            rows = cursor.fetchall()  # want "`fetchall()` holds every row"
        other = connections["old"].cursor()
        other.execute(
            """
            select o.number, c.name
            from shop_order o join shop_customer c on c.id = o.customer_id
            """
        )
        return rows, other.fetchall()  # want "`fetchall()` holds every row"


def is_whole():
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, total FROM shop_order WHERE sent IS NULL")
        rows = cursor.fetchall()  # want "`fetchall()` holds every row of the query in memory, to tell whether there is one"
        if rows:
            return False
        cursor.execute(QUERY)
        return len(cursor.fetchall())  # want "`fetchall()` holds every row"


def rewrite():
    with connection.cursor() as cursor:
        cursor.execute(QUERY)
        for number, total in cursor.fetchall():  # want "`fetchall()` holds every row"
            cursor.execute("UPDATE shop_order SET total = %s WHERE number = %s", [total + 1, number])


class Index:
    def __init__(self, path):
        self.connection = self.connect(path)

    @staticmethod
    def connect(path) -> sqlite3.Connection:
        return sqlite3.connect(path)

    def compact(self, path):
        rows = self.connection.execute("SELECT id, vector FROM " + TABLE).fetchall()  # want "`fetchall()` holds every row"
        with self.connect(path) as fresh:
            fresh.executemany("INSERT INTO words VALUES (?, ?)", [(row["id"], row["vector"]) for row in rows])


@shared_task
def old_orders(path, write):
    with sqlite3.connect(path) as old:
        for row in old.execute("SELECT number, total FROM orders").fetchall():  # want "`fetchall()` holds every row"
            write(row)
    for row in connection.cursor().execute(QUERY).fetchall():  # want "`fetchall()` holds every row"
        write(row)


def old_lines(old: sqlite3.Connection, write):
    lines = old.execute("SELECT number, text FROM lines").fetchall()  # want "`fetchall()` holds every row"
    write.executemany("INSERT INTO lines VALUES (?, ?)", lines)
