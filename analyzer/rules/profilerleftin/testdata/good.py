# shop/management/commands/reindex.py
import gc
import tracemalloc

from django.conf import settings
from django.core.management.base import BaseCommand

from shop.accounts import profile

if settings.TRACE_MEMORY:
    tracemalloc.start()

gc.set_debug(gc.DEBUG_STATS)


class Command(BaseCommand):
    @profile
    def handle(self, *args, **options):
        if options["trace"]:
            tracemalloc.start(25)
        self.stdout.write(str(tracemalloc.is_tracing()))


def backrefs(objects):
    # A tool for the shell: production does not install objgraph.
    import objgraph

    objgraph.show_backrefs(objects)
