"""What Python holds, as tracemalloc counts it, in MB of 1,000,000 bytes."""

import gc
import tracemalloc


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


def peak(operation, sizes, of):
    """Runs operation(size) for each of the sizes and weighs the most that is held at once.

    The first size is run once before, unweighed, for the caches of Django itself.
    """
    operation(sizes[0])
    at, mb = [0], [0.0]
    for size in sizes:
        gc.collect()
        tracemalloc.start()
        operation(size)
        at.append(size)
        mb.append(megabytes(tracemalloc.get_traced_memory()[1]))
        tracemalloc.stop()
    return {"peak_mb": mb[-1], "growth": {"of": of, "at": at, "mb": mb}}


def megabytes(count):
    """Rounds to what a second run gives again, three digits at most."""
    mb = count / 1e6
    return round(mb) if mb >= 100 else round(mb, 1 if mb >= 10 else 2)
