"""docs/proofs.md: every rule, its kind of fix, and what its proof measured or why there is none."""

import json
import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

HEAD = """# What the rules' proofs measured

Each rule's page shows bad code and its remedy. `.ci/proofs` runs both on real Django, weighs what they hold, fails when
the remedy is none or a page quotes other figures, and writes this table, the figures and pictures of the
[rules' pages](rules/README.md), and [proofs.json](proofs.json), which has every figure. The first is the example's, the
second the remedy's; where a page has several, those of the first. MB are 1,000,000 bytes as tracemalloc counts them,
unless they are called resident.

"""


def write(file, pages, record):
    """Writes the table; without Go there are no kinds of fix, and the table stays as it is."""
    if not shutil.which("go"):
        print("skipped: the table of all rules needs Go")
        return
    rules = json.loads(subprocess.check_output(["go", "run", "./cmd/djleak", "rules", "--format", "json"], cwd=ROOT))
    names = list(record["versions"])
    by_rule = {page.rule: page for page in pages}
    lines = [
        HEAD
        + ", ".join(f"Django {of['Django']} ran on Python {of['Python']}" for of in record["versions"].values())
        + ".\n",
        row("rule", "fix", "setting", *(f"Django {name}" for name in names)),
        row(*["---"] * (3 + len(names))),
    ]
    without = ["", "## Rules without a proof\n", row("rule", "fix", "why"), row("---", "---", "---")]
    for rule in rules:
        page = by_rule.get(rule["name"])
        name = f"[`{rule['name']}`](rules/{rule['name']}.md)"
        if proof := record["rules"].get(rule["name"]):
            cells = [headline(proof["django"].get(django)) for django in names]
            lines.append(row(name, rule["fix"], proof["setting"], *cells))
        else:
            without.append(
                row(name, rule["fix"], page.unmeasured if page else "About djleak's own comments and files.")
            )
    file.write_text("\n".join([*lines, *without, ""]), "utf-8")


def row(*cells):
    return f"| {' | '.join(' '.join(cell.replace('|', '&#124;').split()) for cell in cells)} |"


def headline(proof):
    """Returns the first figure that tells the two apart: 23.4 MB at the peak, 0.02 MB."""
    if proof is None:
        return "not measured"
    bad, fixed = proof["bad"][0], proof["fixed"][0]
    name = next(name for name in bad if name != "growth" and bad[name] != fixed.get(name))
    return f"{figure(name, bad[name])}; {amount(name, fixed[name])}"


def figure(name, value):
    words = re.sub(r"_?mb$", "", name).replace("_", " ")
    if isinstance(value, str):
        return amount(name, value)
    return f"{amount(name, value)} {'at the peak' if words == 'peak' else words}".strip()


def amount(name, value):
    if isinstance(value, str):
        return f"`{value.partition(':')[0]}`" if value else "none"
    number = f"{value:,}" if isinstance(value, int) else f"{value:g}"
    return f"{number} MB" if name.endswith("mb") else number
