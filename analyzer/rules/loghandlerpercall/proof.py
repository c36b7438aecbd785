"""A task run 100 times; how often its log file is open afterwards, and how often the last run wrote its record."""

import logging
import os

from django.conf import settings
from proof import counted, open_files

RUNS = 100


def measure(page):
    os.chdir(settings.BASE_DIR)
    logging.getLogger("shop.import").setLevel(logging.INFO)
    path = settings.BASE_DIR / "import.log"
    lines = 0

    def run(n):
        nonlocal lines
        before = written(path)
        page.import_orders("orders.csv")
        lines = written(path) - before

    figures = counted(run, RUNS, of="runs", what="open files", count=lambda: open_files(path))
    return figures | {"lines_of_last_run": lines}


def written(path):
    return path.read_text("utf-8").count("\n") if path.exists() else 0


def check(bad, fixed):
    assert bad["open_files"] == bad["lines_of_last_run"] == RUNS
    assert fixed["open_files"] == 0
