"""Mails that the code on the rules' pages makes and sends."""


def make_mail(order):
    """Stands for a mail about one order."""
    return f"order {order.number}: {order.note}"


def send(mails):
    """Stands for handing mails to a server."""
