"""Uploads of up to 50 MB, sent through the WSGI handler to the page's view; the most that is held at once."""

import csv
import io

from django.db import models
from django.http import HttpResponse
from proof import Site, Upload, peak

MEGABYTES = range(10, 51, 10)


def measure(page):
    return read(page.upload, MEGABYTES, page)


def check(bad, fixed):
    assert bad["bytes"] == fixed["bytes"] == 50_000_000
    assert bad["peak_mb"] > 50
    assert fixed["peak_mb"] < 5
