"""What became of a call, other than memory."""

from contextlib import contextmanager

from django.db import connection


def attempt(call, *args):
    """Returns the error that the call ends in, as "TypeError: ...", or nothing: ""."""
    try:
        call(*args)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


@contextmanager
def queries():
    """Gives a list that every query adds its SQL to."""
    sent = []

    def note(execute, sql, *rest):
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield sent
