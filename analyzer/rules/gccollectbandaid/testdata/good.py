# shop/tasks.py
import gc

from shop import dust

# Once, before a server forks its workers.
gc.collect()
gc.freeze()


class Bin:
    def collect(self):
        return []


def empty(bin):
    return bin.collect(), dust.collect(), gc.get_count()


def collect_garbage():
    return gc.collect()


def preload():
    load()
    gc.collect()
    gc.freeze()
