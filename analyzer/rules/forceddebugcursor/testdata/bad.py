# shop/tasks.py
from django.db import connection, connections


def count_queries(work):
    connection.force_debug_cursor = True  # want "latest 9,000 queries"
    work()
    return len(connection.queries)


def on_replica(work):
    connections["replica"].force_debug_cursor = True  # want "`force_debug_cursor` makes the connection keep"
    work()
