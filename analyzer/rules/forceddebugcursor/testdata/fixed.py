# shop/tasks.py
from django.db import connection, connections


def count_queries(work):
    work()
    return len(connection.queries)


def on_replica(work):
    work()
