"""python -m proof FOLDER [FILE]: proves the rule in this folder, prints its figures, writes them to FILE as JSON."""

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from page import Page

from .prove import prove


def main(folder, file=None):
    """Proves in a process of its own, so that the figures of one piece of code do not depend on another."""

    def alone(function, *arguments):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            return process.submit(function, *arguments).result()

    try:
        figures = prove(Page(folder), alone)
    except Exception as error:
        # The traceback of the process where it happened, which tells the claim that does not hold.
        sys.exit(str(error.__cause__ or error))
    if file:
        with open(file, "w", encoding="utf-8") as out:
            json.dump(figures, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
