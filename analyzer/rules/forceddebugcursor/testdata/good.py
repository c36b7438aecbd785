# shop/tasks.py
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext


class Counter:
    def __enter__(self):
        self.before = connection.force_debug_cursor
        connection.force_debug_cursor = True
        return self

    def __exit__(self, *exc):
        connection.force_debug_cursor = self.before


def count_queries(work):
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def switched(work):
    if settings.LOG_QUERIES:
        connection.force_debug_cursor = True
    work()


def off():
    connection.force_debug_cursor = False
