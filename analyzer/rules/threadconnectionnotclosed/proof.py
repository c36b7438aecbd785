"""100 requests that each start a thread with one query, the garbage collector off; the connections open afterwards."""

import threading

from proof import counted, open_connections

REQUESTS = 100


def measure(page):
    def start(n):
        page.start(None)
        for thread in threading.enumerate():
            if thread is not threading.current_thread():
                thread.join()

    return counted(start, REQUESTS, of="requests", what="open connections", count=open_connections)


def check(bad, fixed):
    assert bad["open_connections"] == REQUESTS
    assert fixed["open_connections"] == 0
