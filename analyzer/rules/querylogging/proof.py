"""100 queries with DEBUG off and 100 with it on; the records that reach the log."""

import logging.config

from django.conf import settings
from shop.models import Order

QUERIES = 100


class Counter(logging.Handler):
    records = 0

    def emit(self, record):
        self.records += 1


def measure(page):
    logging.config.dictConfig(page.LOGGING)
    logger = logging.getLogger("django.db.backends")
    logger.handlers = [Counter()]
    return {"records_with_DEBUG": records(logger, debug=True), "records": records(logger, debug=False)}


def records(logger, debug):
    settings.DEBUG = debug
    before = logger.handlers[0].records
    for _ in range(QUERIES):
        Order.objects.filter(paid=True)
        Order.objects.exists()
    return logger.handlers[0].records - before


def check(bad, fixed):
    # The hundred QuerySets that were never evaluated are in neither.
    assert bad == {"records_with_DEBUG": QUERIES, "records": 0}
    assert fixed == {"records_with_DEBUG": 0, "records": 0}
