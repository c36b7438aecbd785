# shop/management/commands/report.py
import sqlite3

from celery import shared_task
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM shop_order")
            while rows := cursor.fetchmany(1000):
                self.stdout.write(str(rows))
            cursor.execute("SELECT number FROM shop_order LIMIT 10")
            few = cursor.fetchall()
            cursor.execute("SELECT status, COUNT(*) FROM shop_order GROUP BY status")
            counts = cursor.fetchall()
            cursor.execute("SELECT number FROM shop_order WHERE customer_id = %s", [options["customer"]])
            mine = cursor.fetchall()
            cursor.execute("SELECT table_name FROM information_schema.tables")
            tables = cursor.fetchall()
            cursor.execute("SHOW TABLES")
            shown = cursor.fetchall()
            cursor.execute("SELECT nextval('shop_number') FROM generate_series(1, 100)")
            numbers = cursor.fetchall()
            cursor.execute("SELECT ST_AsGeoJSON(ST_GeomFromText('POINT(0 0)'))")
            shapes = cursor.fetchall()
            cursor.execute("SELECT number, total FROM shop_order ORDER BY total DESC")
            highest = cursor.fetchall()[0]
            cursor.execute("SELECT setting, value FROM shop_%s WHERE name = %%s" % options["table"], [options["name"]])
            settings = cursor.fetchall()
            self.stdout.write(str([numbers, shapes, highest, settings]))
            cursor.execute(options["query"])
            return few, counts, mine, tables, shown, cursor.fetchall()

    def other(self, cursor):
        cursor.execute("SELECT number FROM shop_order")
        return cursor.fetchall()


@shared_task
def of_others(path, session, write):
    with sqlite3.connect(path) as old:
        for row in old.execute("SELECT number, total FROM orders"):
            write(row)
        few = old.execute("SELECT number, total FROM orders LIMIT 10").fetchall()
        mine = old.execute("SELECT number, total FROM orders WHERE customer = ?", (path,)).fetchall()
        named = old.execute("SELECT number, total FROM orders WHERE customer = :name", {"name": path}).fetchall()
    # Whatever that is.
    return few, mine, named, session.execute("SELECT number, total FROM orders").fetchall()
