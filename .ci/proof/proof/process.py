"""Calls in processes of their own."""

import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

# A server that forks: each call gets a process in which nothing but these imports has happened.
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["proof.preloaded"])


def alone(function, *arguments):
    """Calls the function in a new process and returns its result; the program ends with the traceback of an error."""
    with ProcessPoolExecutor(1, mp_context=FORKS) as process:
        result, error = process.submit(told, function, *arguments).result()
    return result if error is None else sys.exit(error)


def told(function, *arguments):
    """Returns a result and no error, or none and its traceback: an error itself may not pass between processes."""
    try:
        return function(*arguments), None
    except Exception:
        return None, traceback.format_exc()
