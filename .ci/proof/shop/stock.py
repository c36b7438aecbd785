"""What the code on the rules' pages refreshes."""


def refresh():
    """Stands for a question to the warehouse."""
