"""Imports what every measurement needs, once for all of a rule's; nothing here may depend on the settings."""

import asyncio  # noqa: F401
import csv  # noqa: F401
import tracemalloc  # noqa: F401

import django.contrib.auth.hashers  # noqa: F401
import django.core.handlers.asgi  # noqa: F401
import django.core.handlers.wsgi  # noqa: F401
import django.db.backends.sqlite3.base  # noqa: F401
import django.db.models  # noqa: F401
import django.forms  # noqa: F401
import django.template.defaulttags  # noqa: F401
import django.views.generic  # noqa: F401

from . import process, project, prove  # noqa: F401
