"""The first use of the database with the settings of the page, on psycopg 3; no server is needed to see what it ends in."""

from django.db import DEFAULT_DB_ALIAS, ConnectionHandler
from proof import attempt

# Earlier versions have no pool.
SINCE = (5, 2)


def measure(page):
    connection = ConnectionHandler(page.DATABASES)[DEFAULT_DB_ALIAS]
    return {"error": attempt(lambda: connection.pool)}


def check(bad, fixed):
    assert bad["error"] == "ImproperlyConfigured: Pooling doesn't support persistent connections."
    assert fixed["error"] == ""
