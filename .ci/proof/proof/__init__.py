"""Proves the rules on real Django: runs the code of a rule's page and weighs what it holds.

A rule's proof.py has a docstring that tells the setting, and these functions:

    measure(page)       runs one piece of the page's code, a module, and returns figures. It is called once for each
                        piece under "Example" and under "Use instead", always in a process of its own.
    check(bad, fixed)   asserts what the page claims of those figures. With the bad code in the place of the remedy,
                        and with the remedy in the place of the bad code, it has to fail.
    remarks()           if the page claims more: asserts it, and may return figures too.

Figures are a dict; a name ends in its unit where it has one. A proof should take seconds: choose the numbers so that
bad and remedied lie a factor of ten apart, not more.

`python -m proof FOLDER` proves one rule on the Django that is installed, and `.ci/proofs` all of them on every Django
there is.
"""

from .memory import held, peak
from .outcome import attempt, queries
from .servers import redis_server
from .site import Site, Upload

__all__ = ["Site", "Upload", "attempt", "held", "peak", "queries", "redis_server"]
