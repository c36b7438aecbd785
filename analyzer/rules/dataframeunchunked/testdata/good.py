# shop/reports.py
from itertools import islice

import pandas as pd
from django.db.models import Sum

from shop.models import Order


def totals():
    rows = Order.objects.values("number", "total").iterator(chunk_size=2000)
    while batch := list(islice(rows, 10_000)):
        yield pd.DataFrame(batch)


def grouped(customer, rows):
    by_day = pd.DataFrame(Order.objects.values("day").annotate(total=Sum("total")))
    mine = pd.DataFrame(Order.objects.filter(customer=customer).values())
    return by_day, mine, pd.DataFrame(rows), pd.DataFrame({"a": [1, 2]})


def imported(request, path):
    for frame in pd.read_csv(request.FILES["file"], chunksize=10_000):
        print(frame)
    return pd.read_csv(path), pd.read_csv(request.FILES["file"], nrows=100)


def settled(payments):
    for _, payment in payments.iterrows():
        payment.settle()
    # Needed as they are: the first of them, the last, and how many there are.
    late = list(payments[payments.late].iterrows())
    return late[0], late[-1], len(late)
