"""A Celery application whose one task leaks 100 KB each time; its settings are a page's, as the module page_settings."""

import os

from celery import Celery
from proof.resources import resident_mb

app = Celery("shop")
app.config_from_object("page_settings", namespace="CELERY")
kept = []


@app.task
def leak():
    """Returns the worker's process and its memory."""
    kept.append(os.urandom(100_000))
    return os.getpid(), resident_mb(os.getpid())
