"""Receivers of signals."""


def notify(sender, instance, **kwargs):
    """Stands for a message about an order."""
