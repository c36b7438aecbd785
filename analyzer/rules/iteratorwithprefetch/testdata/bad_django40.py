# shop/exports.py
# requirements.txt: Django>=3.2,<4.1
from shop.models import Order


def export():
    for order in Order.objects.prefetch_related("lines").iterator():  # want "ignores `prefetch_related()` before Django 4.1"
        print(order.pk)
