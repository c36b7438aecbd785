"""Work that the code on the rules' pages hands to a pool."""


def scan(order):
    """Stands for a look at one order."""
