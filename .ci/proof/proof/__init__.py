"""Proves the rules on real Django: runs the code of a rule's page and weighs what it holds.

A rule's proof.py has a docstring that tells the setting, and these functions:

    measure(page)       runs one piece of the page's code, a module, and returns figures. It is called once for each
                        piece under "Example" and under "Use instead", always in a process of its own. None passes a
                        piece over that there is nothing to measure of.
    check(bad, fixed)   asserts what the page claims of those figures. With the bad code in the place of the remedy,
                        and with the remedy in the place of the bad code, it has to fail.
    unloadable(error)   if the code cannot even be imported: returns figures of that error.
    remarks()           if the page claims more: asserts it, and may return figures too.

A proof that is about a later Django only names the first as SINCE = (5, 2).

Figures are a dict, the most telling first; a name ends in its unit where it has one. A proof should take seconds:
choose the numbers so that bad and remedied lie a factor of ten apart, not more.

`python -m proof FOLDER` proves one rule on the Django that is installed, and `.ci/proofs` all of them on every Django
there is.
"""

from .loops import passes
from .memory import ROWS, alive, counted, held, peak, peak_by_rows
from .outcome import attempt, queries
from .resources import open_connections, open_files, resident_mb
from .servers import installed, leak_by_requests, redis_server, running
from .site import AsyncSite, Site, Upload, file_of
from .table import fill

__all__ = [
    "AsyncSite",
    "ROWS",
    "Site",
    "Upload",
    "alive",
    "attempt",
    "counted",
    "file_of",
    "fill",
    "held",
    "installed",
    "leak_by_requests",
    "open_connections",
    "open_files",
    "passes",
    "peak",
    "peak_by_rows",
    "queries",
    "redis_server",
    "resident_mb",
    "running",
]
