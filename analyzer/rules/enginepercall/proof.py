"""100 requests that each ask a second SQLite file, the garbage collector off; the connections open afterwards."""

import sqlite3

from django.conf import settings
from proof import counted, open_files

REQUESTS = 100


def measure(page):
    path = settings.BASE_DIR / "warehouse.sqlite"
    settings.WAREHOUSE_URL = f"sqlite:///{path}"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE stock (amount INTEGER)")
    connection.close()
    page.stock(None)
    return counted(
        lambda n: page.stock(None), REQUESTS, of="requests", what="open connections", count=lambda: open_files(path)
    )


def check(bad, fixed):
    assert bad["open_connections"] == REQUESTS
    assert fixed["open_connections"] == 0
