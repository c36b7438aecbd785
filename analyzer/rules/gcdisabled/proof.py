"""A task run 50 times with 1,000 rows, each of which leaves a cycle; how many of them are there afterwards."""

from proof import counted

RUNS, ROWS = 50, 1_000


class Row:
    alive = 0

    def __init__(self):
        Row.alive += 1
        self.itself = self

    def __del__(self):
        Row.alive -= 1


def measure(page):
    page.save = lambda row: Row()

    def run(n):
        page.import_orders(range(ROWS))
        # The rest of what the process does; the collector comes by when there are many new objects.
        [[] for _ in range(1000)]

    return counted(run, RUNS, of="runs", what="objects alive", count=lambda: Row.alive, collector=True)


def check(bad, fixed):
    assert bad["objects_alive"] == RUNS * ROWS
    assert fixed["objects_alive"] < 3 * ROWS
