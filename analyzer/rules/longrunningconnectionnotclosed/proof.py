"""A loop of five passes on PostgreSQL, whose server ends every connection after the second; the passes that it does."""

import psycopg
from django.db import ConnectionHandler, OperationalError, connection, connections
from proof import attempt, passes
from proof.postgres import postgres_server
from shop.models import Customer, Order

PASSES, CUT = 5, 2


def measure(page):
    done = 0

    def between():
        nonlocal done
        done += 1
        if done == CUT:
            cut(server)

    def work():
        with passes(PASSES, between):
            page.Command().handle()

    with postgres_server() as server:
        connect(server)
        error = attempt(work).partition(":")[0]
        connection.close()
    return {"passes": done, "error": error}


def connect(server):
    connections["default"] = ConnectionHandler({"default": server})["default"]
    with connection.schema_editor() as editor:
        editor.create_model(Customer)
        editor.create_model(Order)


def cut(server):
    with psycopg.connect(host=server["HOST"], port=server["PORT"], dbname=server["NAME"], user=server["USER"]) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"
        )


def check(bad, fixed):
    assert bad == {"passes": CUT, "error": "OperationalError"}
    assert fixed == {"passes": PASSES, "error": ""}


def remarks():
    failed = 0
    with postgres_server() as server:
        connect(server)
        for n in range(PASSES):
            try:
                Order.objects.exists()
            except OperationalError:
                failed += 1
            if n + 1 == CUT:
                cut(server)
        connection.close()
    # Whoever catches the error gets it again with every pass: nobody closes what does not work.
    assert failed == PASSES - CUT
    return {"passes_failed": failed}
