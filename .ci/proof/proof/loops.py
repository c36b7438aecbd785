"""Loops that have no end of their own."""

from contextlib import contextmanager
from unittest import mock


class Enough(BaseException):
    """Ends a loop from within; no code on a page catches it."""


@contextmanager
def passes(times, between=lambda: None):
    """Lets the loop inside sleep that often, without waiting, and then ends it; between() is called at each sleep."""
    left = iter(range(1, times))

    def sleep(seconds):
        between()
        if next(left, None) is None:
            raise Enough

    with mock.patch("time.sleep", sleep):
        try:
            yield
        except Enough:
            pass
