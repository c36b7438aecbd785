"""Stands for a library with a list of its own that others read."""

ALLOWED_TAGS = ["a", "b", "em"]


def clean(text, tags):
    """Stands for what the library does."""
    return text
