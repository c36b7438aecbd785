"""A command that indexes 1,000 times while something keeps 10 KB each time; the collections, and what is held afterwards."""

import gc
import tracemalloc
from unittest import mock

from proof.memory import megabytes


def measure(page):
    kept, collections = [], []
    page.index = lambda number: kept.append(bytes(10_000))
    tracemalloc.start()
    with mock.patch.object(gc, "collect", lambda collect=gc.collect: collections.append(collect())):
        page.Command().handle()
    assert len(kept) == 1000
    return {"collections": len(collections), "held_mb": megabytes(tracemalloc.get_traced_memory()[0])}


def check(bad, fixed):
    assert bad["collections"] == 10 and fixed["collections"] == 0
    # The collector frees nothing of what something refers to.
    assert bad["held_mb"] > 9.9 and fixed["held_mb"] > 9.9
