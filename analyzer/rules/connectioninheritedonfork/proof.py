"""A command that hands 1,000 orders to a pool of four; the processes of it that have the command's connection open."""

import os
from multiprocessing import Barrier, Value, get_context

from django.db import connection
from proof import fill, open_connections
from shop.models import Order


def measure(page):
    fill(1000)
    inherited = Value("i", 0)
    page.Pool = pool_that_looks(inherited)
    page.remind = len
    page.Command().handle()
    return {"processes_with_it": inherited.value}


def pool_that_looks(inherited):
    """Makes pools that fork and look, when all of their processes have started, whether a connection is open in them.

    None of them works before all have looked: the pool ends its processes as soon as the work is done.
    """
    together = Barrier(4)

    def look():
        together.wait(60)
        if connection.connection is not None and open_connections():
            with inherited.get_lock():
                inherited.value += 1
        together.wait(60)

    def make(processes):
        return get_context("fork").Pool(processes, initializer=look)

    return make


def check(bad, fixed):
    assert bad["processes_with_it"] == 4
    assert fixed["processes_with_it"] == 0


def remarks():
    fill(1)
    Order.objects.get()
    there = open_connections()
    pid = os.fork()
    if pid == 0:
        os._exit(open_connections())
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == there == 1
