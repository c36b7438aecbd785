"""100 requests; the threads that there are afterwards."""

import threading
from concurrent.futures import ThreadPoolExecutor

from proof import counted

CALLS = 100


def measure(page):
    call = (lambda n: page.start(None)) if hasattr(page, "start") else (lambda n: page.refresh_stock())
    return counted(call, CALLS, of="calls", what="threads", count=threading.active_count)


def check(bad, fixed):
    assert bad["threads"] == CALLS
    assert fixed["threads"] == 0


def remarks():
    executors = []

    def keep(n):
        executors.append(ThreadPoolExecutor(1))
        executors[-1].submit(len, "")

    def let_go(n):
        ThreadPoolExecutor(1).submit(len, "").result()
        for thread in threading.enumerate():
            if thread is not threading.current_thread():
                thread.join(60)

    def within(n):
        with ThreadPoolExecutor(1) as executor:
            executor.submit(len, "")

    def threads(call):
        return counted(call, CALLS, of="calls", what="threads", count=threading.active_count)["threads"]

    # An executor that nothing refers to ends its threads, in their own time.
    assert threads(let_go) == threads(within) == 0
    kept = threads(keep)
    assert kept == CALLS
    return {"threads_of_kept_executors": kept}
