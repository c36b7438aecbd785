"""500 passes of the loop with the garbage collector off; the QuerySets that are alive, and the queries that were sent."""

from django.db.models import QuerySet
from proof import alive, counted, passes, queries

PASSES = 500


def measure(page):
    with queries() as sent:
        figures = counted(
            lambda n: watch(page), PASSES, of="passes", what="QuerySets alive", count=lambda: alive(QuerySet)
        )
    del figures["growth"]
    return figures | {"queries": len(sent)}


def watch(page):
    with passes(1):
        page.Command().handle()


def check(bad, fixed):
    # The statement holds nothing, as its remedy does; it is a query that was never sent.
    assert bad == {"QuerySets_alive": 0, "queries": 0}
    assert fixed == {"QuerySets_alive": 0, "queries": PASSES}
