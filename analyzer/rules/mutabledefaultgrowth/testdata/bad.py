# shop/mail.py
from django.core.mail import EmailMessage


def send_invoice(order, recipients=[]):  # want "The default of `recipients` is one object for all calls of send_invoice, which adds to it: it keeps `order.customer.email` of every call"
    recipients.append(order.customer.email)
    EmailMessage("Invoice", order.text, to=recipients).send()


def ports(port, scanned: set = set()):  # want "it keeps `port.pk` of every call"
    """Walks through all ports."""
    if port.pk in scanned:
        return
    scanned.add(port.pk)
    for peer in port.peers:
        ports(peer, scanned)


class Report:
    def lines(self, order, *, lines=list()):  # want "calls of Report.lines"
        lines += order.lines
        return lines

    def context(self, order, context={}):  # want "each call sees what the last one left"
        context["order"] = order
        return context

    def headers(self, order, headers={}):  # want "each call sees what the last one left"
        headers["Message-ID"] = order.number
        headers.pop("X-Bounce", None)
        return headers

    def name(self, user, names={}):  # want "it keeps one entry for each `user.pk`"
        if user.pk not in names:
            names[user.pk] = user.get_full_name()
        return names[user.pk]


def merged(order, found: "list" = []):  # want "of every call"
    found.append(order.number)
    return found


def noted(order, notes: dict[str, str] | list = []):  # want "of every call"
    notes.append(order.number)
    return notes


def described(order, seen={}):  # want "it keeps one entry for each `order.pk`"
    seen[order.pk] = {"number": 1}
    return seen


def largest(nodes, numbers=[]):  # want "of every call"
    for node in nodes:
        largest(node.children)
        numbers.append(node.number)
    return max(numbers)
