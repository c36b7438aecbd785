"""2,000 invoices mailed; how many recipients the last mail has, and what is held afterwards."""

from unittest import mock

from django.core.mail import EmailMessage
from proof import held
from shop.models import Customer, Order

MAILS = 2_000


def measure(page):
    sent = []
    with mock.patch.object(EmailMessage, "send", lambda mail: sent.append(len(mail.to))):
        figures = held(lambda n: page.send_invoice(invoice(n)), times=MAILS, of="mails")
    return {"recipients": sent[-1]} | figures


def invoice(n):
    order = Order(customer=Customer(email=f"customer-{n}@shop.example"))
    order.invoice_text = "One umbrella."
    return order


def check(bad, fixed):
    assert bad["recipients"] == MAILS and bad["held_mb"] > 0.1
    assert fixed["recipients"] == 1
