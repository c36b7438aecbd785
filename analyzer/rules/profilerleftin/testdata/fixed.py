# shop/management/commands/reindex.py
import gc
import tracemalloc

import objgraph
from django.core.management.base import BaseCommand
from memory_profiler import profile



class Command(BaseCommand):
    def handle(self, *args, **options):
        self.index()

    def index(self):
        return objgraph.by_type("Order")  # want "`objgraph.by_type()` walks"
