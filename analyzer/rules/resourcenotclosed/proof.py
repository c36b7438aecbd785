"""100 calls with a file of names; Python's warnings of files that nobody closed, and the files left open by errors that are kept."""

import gc
import os
import warnings

from django.conf import settings
from proof import open_files

CALLS = 100


def measure(page):
    path = os.path.join(settings.BASE_DIR, "names.txt")
    settings.FORBIDDEN_NAMES = path
    with open(path, "w", encoding="utf-8") as file:
        file.write("root\nadmin\n")
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", ResourceWarning)
        for _ in range(CALLS):
            assert not page.is_allowed("root")
        gc.collect()
    with open(path, "wb") as file:
        file.write(b"\xff\n")
    errors = []
    for _ in range(CALLS):
        try:
            page.is_allowed("root")
        except UnicodeDecodeError as error:
            errors.append(error)
    return {"open_files": open_files(path), "warnings": len(warned)}


def check(bad, fixed):
    assert bad["open_files"] == bad["warnings"] == CALLS
    assert fixed == {"open_files": 0, "warnings": 0}
