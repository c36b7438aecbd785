"""20 charts; the figures that pyplot keeps, and what is held afterwards."""

from matplotlib import pyplot
from proof import held

CHARTS = 20

pyplot.switch_backend("Agg")


def measure(page):
    figures = held(lambda n: page.chart(None), times=CHARTS, of="charts")
    return figures | {"figures": len(pyplot.get_fignums())}


def check(bad, fixed):
    assert bad["figures"] == CHARTS and bad["held_mb"] > 2
    assert fixed["figures"] == 0 and fixed["held_mb"] < bad["held_mb"] / 5
