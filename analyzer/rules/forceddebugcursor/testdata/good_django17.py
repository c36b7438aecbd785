# shop/profiling.py
# requirements.txt: Django==1.7.11
# Before Django 1.8 nothing looks at the attribute.
from django.db import connection


def start():
    connection.force_debug_cursor = True
