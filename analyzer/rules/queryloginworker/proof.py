"""A loop of up to 800 passes with DEBUG on, one short query in each; the most that is held at once."""

from django.conf import settings
from django.db import reset_queries
from proof import passes, peak

PASSES = (200, 400, 800)


def measure(page):
    settings.DEBUG = True

    def remind(times):
        with passes(times):
            page.Command().handle()

    return peak(remind, PASSES, of="passes", prepare=lambda times: reset_queries())


def check(bad, fixed):
    assert bad["peak_mb"] > 0.4
    assert fixed["peak_mb"] < 0.1
