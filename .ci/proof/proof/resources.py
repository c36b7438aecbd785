"""What a process has open, as the kernel counts it."""

import os
from pathlib import Path

from django.conf import settings


def open_files(name):
    """Returns how often this process has the file open, by the kernel's list of its descriptors."""
    return sum(link(entry) == str(name) for entry in Path("/proc/self/fd").iterdir())


def link(entry):
    try:
        return os.readlink(entry)
    except OSError:
        return ""


def open_connections():
    """Returns how many connections to the project's database this process has open."""
    return open_files(settings.DATABASES["default"]["NAME"])


def resident_mb(pid):
    """Returns the memory that a process has, in MB: its RSS."""
    status = Path(f"/proc/{pid}/statm").read_text("ascii")
    return round(int(status.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6)
