"""What Python holds, as tracemalloc counts it, in MB of 1,000,000 bytes, and what else can be counted."""

import gc
import tracemalloc

from .table import fill

# Rows of half a kilobyte: a list of the most of them takes four times what iterator() holds at a time.
ROWS = (2_500, 5_000, 10_000)


def held(operation, times, of):
    """Runs operation(n) that many times and weighs what is still held, at the end and at ten points on the way.

    The first run is not weighed: it is the one that fills the caches of Django itself.
    """
    operation(0)
    at, mb = [0], [0.0]
    gc.collect()
    tracemalloc.start()
    for n in range(1, times):
        operation(n)
        if (n + 1) % (times // 10) == 0:
            gc.collect()
            at.append(n + 1)
            mb.append(megabytes(tracemalloc.get_traced_memory()[0]))
    tracemalloc.stop()
    return {"held_mb": mb[-1], "growth": {"of": of, "at": at, "mb": mb}}


def peak(operation, sizes, of, prepare=None):
    """Runs operation(size) for each of the sizes and weighs the most that is held at once.

    The first size is run once before, unweighed, for the caches of Django itself. prepare(size) goes before each,
    unweighed too.
    """
    at, mb = [0], [0.0]
    for size in (sizes[0], *sizes):
        if prepare:
            prepare(size)
        gc.collect()
        tracemalloc.start()
        operation(size)
        at.append(size)
        mb.append(megabytes(tracemalloc.get_traced_memory()[1]))
        tracemalloc.stop()
    del at[1], mb[1]
    return {"peak_mb": mb[-1], "growth": {"of": of, "at": at, "mb": mb}}


def peak_by_rows(operation, rows=ROWS, **values):
    """Runs operation() on a table of each of these numbers of orders and weighs the most that is held at once."""
    return peak(lambda size: operation(), rows, of="rows", prepare=lambda size: fill(size, **values))


def counted(operation, times, of, what, count, collector=False):
    """Runs operation(n) that many times and takes the count() of what is there, ten times on the way and at the end.

    Unless told otherwise the garbage collector is off, so that the figures do not depend on when it comes by.
    """
    gc.collect()
    if not collector:
        gc.disable()
    at, counts = [0], [0]
    before = count()
    for n in range(times):
        operation(n)
        if (n + 1) % (times // 10) == 0:
            at.append(n + 1)
            counts.append(count() - before)
    gc.enable()
    return {what.replace(" ", "_"): counts[-1], "growth": {"of": of, "what": what, "at": at, "count": counts}}


def alive(kind):
    """Returns how many objects of exactly this class there are once the garbage collector has been by."""
    gc.collect()
    return sum(type(one) is kind for one in gc.get_objects())


def megabytes(count):
    """Rounds to what a second run gives again, three digits at most."""
    mb = count / 1e6
    return round(mb) if mb >= 100 else round(mb, 1 if mb >= 10 else 2)
