"""A chain of up to 10,000 nodes, walked to its end by recursion or by the remedy; the most that is held at once."""

from proof import peak

DEPTHS = (2_500, 5_000, 10_000)


class Node:
    def __init__(self, children):
        self.children = children


def measure(page):
    walk = page.walk if hasattr(page, "walk") else recurse
    chains = {}
    for depth in DEPTHS:
        chains[depth] = Node([])
        for _ in range(depth):
            chains[depth] = Node([chains[depth]])
    return peak(lambda depth: sum(1 for _ in walk(chains[depth])), DEPTHS, of="nodes")


def recurse(root):
    found = []

    def visit(node):
        found.append(None)
        for child in node.children:
            visit(child)

    visit(root)
    return found


def check(bad, fixed):
    assert bad["peak_mb"] > 0.4
    assert fixed["peak_mb"] < 0.05
