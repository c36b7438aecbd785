# shop/reports.py
import pandas as pd
from pandas import DataFrame

from shop.models import Order


def totals(request):
    frame = pd.DataFrame(list(Order.objects.values("number", "total")))  # want "The DataFrame holds every row"
    late = DataFrame.from_records(Order.objects.filter(late=True).values())  # want "The DataFrame holds every row"
    rows = [{"number": order.number} for order in Order.objects.all()]
    return frame, late, DataFrame(rows)  # want "The DataFrame holds every row"


def imported(request):
    return pd.read_csv(request.FILES["file"])  # want "The DataFrame holds the whole upload"


def settled(path):
    payments = pd.read_csv(path)
    for _, payment in list(payments.iterrows()):  # want "This list holds a Series for every row of the DataFrame"
        payment.settle()
    late = list(payments[payments.late].iterrows())  # want "This list holds a Series"
    for _, payment in late:
        payment.remind()
