"""A job for each of up to 4,000 orders in SQLite, slower than they are submitted; the most that is held at once."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event

from proof import peak_by_rows

# The jobs wait until the example is through with submitting, the remedy with its first batch.
submitted = Event()


class Executor(ThreadPoolExecutor):
    def __enter__(self):
        submitted.clear()
        return self

    def __exit__(self, *error):
        submitted.set()
        return super().__exit__(*error)


def measure(page):
    page.scan = lambda order: submitted.wait()
    page.ThreadPoolExecutor = Executor
    page.as_completed = completed
    return peak_by_rows(page.scan_all, rows=(1_000, 2_000, 4_000))


def completed(jobs):
    submitted.set()
    return as_completed(jobs)


def check(bad, fixed):
    assert bad["peak_mb"] > 2 * fixed["peak_mb"]
