# shop/charts.py
import io

import matplotlib.pyplot as plt
from matplotlib.figure import Figure


def chart(request):
    fig, axes = plt.subplots()
    try:
        axes.plot([1, 2])
        buffer = io.BytesIO()
        fig.savefig(buffer)
        return buffer.getvalue()
    finally:
        plt.close(fig)


def totals(orders):
    fig = Figure()
    fig.subplots().plot(orders)
    return fig


def draw(orders):
    fig = plt.figure()
    fig.gca().plot(orders)
    return fig


def save(request):
    fig = draw([1])
    fig.savefig("orders.png")
    plt.close(fig)


def finish(fig):
    fig.savefig("orders.png")
    plt.close("all")


def export(orders):
    fig = plt.figure()
    finish(fig)


def numbered(orders):
    fig = plt.figure("orders", figsize=(4, 3))
    fig.clf()
    other, axes = plt.subplots(num=2)
    fig.gca().plot(orders)
    other.savefig("orders.png")


def look_at(orders):
    fig = plt.figure()
    fig.gca().plot(orders)
    plt.show()


def write_all(folder):
    for number in plt.get_fignums():
        figure = plt.figure(number)
        figure.savefig(f"{folder}/{number}.png")
