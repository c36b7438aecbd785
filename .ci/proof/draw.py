"""Draws what the bad code of a page holds against what its remedy holds, as SVG for light and dark pages."""

from math import ceil, log10

# The Django that the pages quote.
DJANGO = "5.2"

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 616, 72, 264

STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 } .axis { fill: #59636e } .bad { fill: #cf222e } .fixed { fill: #1a7f37 }
line { stroke: #d1d9e0 } polyline { stroke-width: 2.5; stroke-linejoin: round }
polyline.bad { fill: none; stroke: #cf222e } polyline.fixed { fill: none; stroke: #1a7f37 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .axis { fill: #9198a1 } .bad { fill: #f85149 } .fixed { fill: #3fb950 } line { stroke: #3d444d }
polyline.bad { stroke: #f85149 } polyline.fixed { stroke: #3fb950 }
}"""


def all_rules(folder, record):
    """Draws every rule whose figures can be drawn, and removes what is no rule's."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {}
    for rule, proof in record["rules"].items():
        if drawable(proof):
            bad, fixed = first(proof)
            wanted[f"{rule}.svg"] = (picture if "growth" in bad else bars)(rule, bad, fixed)
    for old in folder.glob("*.svg"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, "utf-8")


def drawable(proof):
    """Tells whether a proof has a growth, or a number before and after, on the Django that is quoted."""
    bad, fixed = first(proof)
    return "growth" in bad or telling(bad, fixed) is not None


def first(proof):
    """Returns the figures of the page's first example and of its remedy."""
    return tuple(next(iter(proof["django"].get(DJANGO, {}).get(kind, [])), {}) for kind in ("bad", "fixed"))


def telling(bad, fixed):
    """Returns the name of the first figure that tells the two apart, if both are numbers."""
    name = next((name for name in bad if bad[name] != fixed.get(name)), None)
    numbers = name and all(type(figures.get(name)) in (int, float) for figures in (bad, fixed))
    return name if numbers else None


def bars(rule, bad, fixed):
    """Returns one picture of two numbers without a growth: a bar for the example, a bar for the remedy."""
    name = telling(bad, fixed)
    mb = name.endswith("mb")
    axes = f"{name.removesuffix('_mb').replace('_', ' ')}{', MB' if mb else ''}"
    axes = f"{axes[0].upper()}{axes[1:]}; Django {DJANGO}"
    far = max(bad[name], fixed[name])
    parts = head(rule, axes, 152, bad[name], fixed[name])
    for row, (kind, word, value) in enumerate((("bad", "before", bad[name]), ("fixed", "after", fixed[name]))):
        y = 64 + 40 * row
        width = round(440 * value / far, 1)
        amount = f"{value:g} MB" if mb else f"{value:,}"
        parts.append(f'<text class="{kind}" x="24" y="{y + 19}">{word}</text>')
        parts.append(f'<rect class="{kind}" x="84" y="{y}" width="{max(width, 2)}" height="28" rx="3"/>')
        parts.append(f'<text class="{kind}" x="{84 + max(width, 2) + 8}" y="{y + 19}">{amount}</text>')
    return "\n".join([*parts, "</svg>", ""])


def head(rule, axes, height, before, after):
    """Returns the lines that begin a picture."""
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title">',
        f'<title id="title">{rule}: {axes}: {before:g} and {after:g}</title>',
        f"<style>{STYLE}</style>",
        f'<text class="title" x="24" y="24">{rule}</text>',
        f'<text class="axis" x="24" y="44">{axes}</text>',
    ]


def picture(rule, bad, fixed):
    """Returns one picture: MB or what else is held, over requests, rows or whatever made them grow."""
    growth = bad["growth"]
    unit, what = (
        ("mb", "MB held" if "held_mb" in bad else "MB held at the peak")
        if "mb" in growth
        else ("count", growth["what"])
    )
    top = ceiling(max(growth[unit] + fixed["growth"][unit]))
    far = growth["at"][-1]

    def x(at):
        return round(LEFT + (RIGHT - LEFT) * at / far, 1)

    def y(value):
        return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)

    def curve(kind, figures):
        points = " ".join(f"{x(at)},{y(value)}" for at, value in zip(figures["growth"]["at"], figures["growth"][unit]))
        return f'<polyline class="{kind}" points="{points}"/>'

    def label(kind, word, figures):
        last = figures["growth"][unit][-1]
        amount = f"{last:g} MB" if unit == "mb" else f"{last:,}"
        return f'<text class="{kind}" x="{RIGHT}" y="{round(y(last) - 8, 1)}" text-anchor="end">{word}: {amount}</text>'

    axes = f"{what[0].upper()}{what[1:]}, by {growth['of']}; Django {DJANGO}"
    parts = head(rule, axes, HEIGHT, growth[unit][-1], fixed["growth"][unit][-1])
    for step in range(5):
        value = top * step / 4
        parts.append(f'<line x1="{LEFT}" x2="{RIGHT}" y1="{y(value)}" y2="{y(value)}"/>')
        parts.append(
            f'<text class="axis" x="{LEFT - 8}" y="{round(y(value) + 4, 1)}" text-anchor="end">{value:,g}</text>'
        )
        at = far * step / 4
        anchor = "end" if step == 4 else "middle"
        parts.append(f'<text class="axis" x="{x(at)}" y="{BOTTOM + 22}" text-anchor="{anchor}">{at:,g}</text>')
    for kind, word, figures in ("bad", "before", bad), ("fixed", "after", fixed):
        parts += [curve(kind, figures), label(kind, word, figures)]
    return "\n".join([*parts, "</svg>", ""])


def ceiling(value):
    """Returns the next number up of which a quarter is round."""
    unit = 10 ** ceil(log10(value) - 1)
    return next(n * unit for n in (1, 1.2, 1.6, 2, 3, 4, 6, 8, 10) if n * unit >= value)
