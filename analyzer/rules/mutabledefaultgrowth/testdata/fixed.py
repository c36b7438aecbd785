# shop/mail.py
from typing import Optional

from django.core.mail import EmailMessage


def send_invoice(order, recipients=None):  # want "The default of `recipients` is one object for all calls of send_invoice, which adds to it: it keeps `order.customer.email` of every call"
    recipients = [] if recipients is None else recipients
    recipients.append(order.customer.email)
    EmailMessage("Invoice", order.text, to=recipients).send()


def ports(port, scanned: Optional[set] = None):  # want "it keeps `port.pk` of every call"
    """Walks through all ports."""
    scanned = set() if scanned is None else scanned
    if port.pk in scanned:
        return
    scanned.add(port.pk)
    for peer in port.peers:
        ports(peer, scanned)


class Report:
    def lines(self, order, *, lines=None):  # want "calls of Report.lines"
        lines = list() if lines is None else lines
        lines += order.lines
        return lines

    def context(self, order, context=None):  # want "each call sees what the last one left"
        context = {} if context is None else context
        context["order"] = order
        return context

    def headers(self, order, headers=None):  # want "each call sees what the last one left"
        headers = {} if headers is None else headers
        headers["Message-ID"] = order.number
        headers.pop("X-Bounce", None)
        return headers

    def name(self, user, names={}):  # want "it keeps one entry for each `user.pk`"
        if user.pk not in names:
            names[user.pk] = user.get_full_name()
        return names[user.pk]


def merged(order, found: "list" = None):  # want "of every call"
    found = [] if found is None else found
    found.append(order.number)
    return found


def noted(order, notes: dict[str, str] | list | None = None):  # want "of every call"
    notes = [] if notes is None else notes
    notes.append(order.number)
    return notes


def described(order, seen=None):  # want "it keeps one entry for each `order.pk`"
    seen = {} if seen is None else seen
    seen[order.pk] = {"number": 1}
    return seen


def largest(nodes, numbers=None):  # want "of every call"
    numbers = [] if numbers is None else numbers
    for node in nodes:
        largest(node.children, numbers=numbers)
        numbers.append(node.number)
    return max(numbers)
