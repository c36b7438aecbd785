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
    """Draws every rule whose figures have a growth, and removes what is no rule's."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {}
    for rule, proof in record["rules"].items():
        bad, fixed = proof["django"][DJANGO]["bad"][0], proof["django"][DJANGO]["fixed"][0]
        if "growth" in bad:
            wanted[f"{rule}.svg"] = picture(rule, bad, fixed)
    for old in folder.glob("*.svg"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, "utf-8")


def picture(rule, bad, fixed):
    """Returns one picture: MB held, over requests, rows or whatever made them grow."""
    growth = bad["growth"]
    top = ceiling(max(growth["mb"] + fixed["growth"]["mb"]))
    far = growth["at"][-1]

    def x(at):
        return round(LEFT + (RIGHT - LEFT) * at / far, 1)

    def y(mb):
        return round(BOTTOM - (BOTTOM - TOP) * mb / top, 1)

    def curve(kind, figures):
        points = " ".join(f"{x(at)},{y(mb)}" for at, mb in zip(figures["growth"]["at"], figures["growth"]["mb"]))
        return f'<polyline class="{kind}" points="{points}"/>'

    def label(kind, word, figures):
        mb = figures["growth"]["mb"][-1]
        return f'<text class="{kind}" x="{RIGHT}" y="{y(mb) - 8}" text-anchor="end">{word}: {mb:g} MB</text>'

    what = "held" if "held_mb" in bad else "held at the peak"
    axes = f"MB {what}, by {growth['of']}; Django {DJANGO}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="title">',
        f'<title id="title">{rule}: {axes}: {growth["mb"][-1]:g} and {fixed["growth"]["mb"][-1]:g}</title>',
        f"<style>{STYLE}</style>",
        f'<text class="title" x="24" y="24">{rule}</text>',
        f'<text class="axis" x="24" y="44">{axes}</text>',
    ]
    for step in range(5):
        mb = top * step / 4
        parts.append(f'<line x1="{LEFT}" x2="{RIGHT}" y1="{y(mb)}" y2="{y(mb)}"/>')
        parts.append(f'<text class="axis" x="{LEFT - 8}" y="{y(mb) + 4}" text-anchor="end">{mb:g}</text>')
        at = far * step / 4
        anchor = "end" if step == 4 else "middle"
        parts.append(f'<text class="axis" x="{x(at)}" y="{BOTTOM + 22}" text-anchor="{anchor}">{at:,g}</text>')
    for kind, word, figures in ("bad", "before", bad), ("fixed", "after", fixed):
        parts += [curve(kind, figures), label(kind, word, figures)]
    return "\n".join([*parts, "</svg>", ""])


def ceiling(mb):
    """Returns the next number up of which a quarter is round."""
    unit = 10 ** ceil(log10(mb) - 1)
    return next(n * unit for n in (1, 1.2, 1.6, 2, 3, 4, 6, 8, 10) if n * unit >= mb)
