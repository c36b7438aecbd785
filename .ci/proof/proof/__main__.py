"""python -m proof FOLDER [FILE]: proves the rule in this folder, prints its figures, writes them to FILE as JSON."""

import json
import sys

from page import Page

from .prove import prove


def main(folder, file=None):
    figures = prove(Page(folder))
    if file:
        with open(file, "w", encoding="utf-8") as out:
            json.dump(figures, out)


if __name__ == "__main__":
    main(*sys.argv[1:])
