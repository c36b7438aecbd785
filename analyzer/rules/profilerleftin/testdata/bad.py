# shop/management/commands/reindex.py
import gc
import tracemalloc

import objgraph
from django.core.management.base import BaseCommand
from memory_profiler import profile

tracemalloc.start()  # want "keeps a record of every block"


@profile  # want "makes a function of the class Command"
class Command(BaseCommand):
    def handle(self, *args, **options):
        gc.set_debug(gc.DEBUG_LEAK | gc.DEBUG_STATS)  # want "keeps in gc.garbage"
        self.index()
        objgraph.show_growth()  # want "`objgraph.show_growth()` walks over every object"

    @profile(precision=4)  # want "traces every line of index()"
    def index(self):
        return objgraph.by_type("Order")  # want "`objgraph.by_type()` walks"
