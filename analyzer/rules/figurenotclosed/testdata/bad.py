# shop/charts.py
import io

import matplotlib.pyplot as plt
from matplotlib import pyplot


def chart(request):
    fig, axes = plt.subplots()  # want "pyplot keeps the figure of each call of chart until it is closed"
    axes.plot([1, 2])
    buffer = io.BytesIO()
    fig.savefig(buffer)
    return buffer.getvalue()


def totals(orders):
    pyplot.figure(figsize=(4, 3))  # want "pyplot keeps the figure of each call of totals"
    pyplot.plot(orders)
    pyplot.savefig("totals.png")


def handed_on(orders):
    fig = plt.figure()  # want "pyplot keeps the figure of each call of handed_on"
    fig.gca().plot(orders)
    return fig
