"""A command whose work is a loop of 10,000 passes; what it prints, and what the other profilers hold."""

import gc
import io
import tracemalloc
from contextlib import redirect_stdout
from runpy import run_path

from django.conf import settings
from django.core.management.base import BaseCommand
from memory_profiler import profile


def measure(page):
    # The profiler looks for the lines of a function in its file.
    file = settings.BASE_DIR / "reindex.py"
    file.write_text(page.__source__, "utf-8")
    module = run_path(file, {"index": lambda: sum(range(10_000))})
    printed = io.StringIO()
    with redirect_stdout(printed):
        module["Command"]().handle()
    return {"lines_printed": printed.getvalue().count("\n")}


def check(bad, fixed):
    assert bad["lines_printed"] > 5
    assert fixed["lines_printed"] == 0


def remarks():
    class Command(BaseCommand):
        pass

    printed = io.StringIO()
    with redirect_stdout(printed):
        decorated = profile(Command)
        decorated()
    assert not isinstance(decorated, type)

    tracemalloc.start()
    rows = [object() for _ in range(100_000)]
    record = tracemalloc.get_tracemalloc_memory() / 1e6
    tracemalloc.stop()
    assert rows and record > 1

    gc.set_debug(gc.DEBUG_SAVEALL)
    for _ in range(1000):
        cycle = []
        cycle.append(cycle)
    del cycle
    gc.collect()
    garbage = len(gc.garbage)
    gc.set_debug(0)
    gc.garbage.clear()
    assert garbage >= 1000
    return {"record_mb": round(record, 1), "garbage": garbage, "class_becomes": type(decorated).__name__}
