"""What was measured, written down in docs/proofs.json and quoted on the rules' pages."""

import ast
import json
import re

import draw

QUOTED = r"([\d.,]*\d) MB\b"


def read(file):
    """Returns all figures that are written down."""
    return json.loads(file.read_text("utf-8")) if file.exists() else {"versions": {}, "rules": {}}


def update(file, pages, page, django, result):
    """Puts one proof's figures in the place of the old ones; those of a Django that is not here stay."""
    record = read(file)
    record["versions"] = dict(sorted((record["versions"] | {django.name: django.versions}).items()))
    rule = record["rules"].setdefault(page.rule, {"setting": "", "django": {}})
    rule["setting"] = ast.get_docstring(ast.parse(page.proof.read_text("utf-8")))
    rule["django"] = dict(sorted((rule["django"] | {django.name: result}).items()))
    record["rules"] = {page.rule: record["rules"][page.rule] for page in pages if page.rule in record["rules"]}
    file.parent.mkdir(exist_ok=True)
    text = json.dumps(record, indent=2, ensure_ascii=False)
    file.write_text(re.sub(r"\[[-\d.,\s]+\]", on_one_line, text) + "\n", "utf-8")


def on_one_line(numbers):
    return re.sub(r"\s+", " ", numbers[0]).replace("[ ", "[").replace(" ]", "]")


def complaints(page, record):
    """Yields what a page lacks: a proof or the reason why there is none, the picture, figures as measured.

    Each number of MB under "What is kept" has to be one of the proof's, to a tenth of it, or of the setting.
    """
    kept = page.section("What is kept")
    if not page.proof.exists():
        if not page.unmeasured:
            yield f'{page.path}: there is neither a proof nor a sentence that begins with "Not measured:"'
        return
    proof = record["rules"].get(page.rule, {"setting": "", "django": {}})
    measured = set(megabytes(proof["django"]))
    known = measured | {number(quoted) for quoted in re.findall(QUOTED, proof["setting"])}
    for quoted in re.findall(QUOTED, kept):
        if not any(abs(number(quoted) - figure) <= max(figure / 10, 0.05) for figure in known):
            yield f"{page.path}: {quoted} MB is not among the figures of its proof: {sorted(measured)}"
    picture = f"(../../../docs/rules/{page.rule}.svg)"
    drawn = draw.drawable(proof)
    if (picture in kept) != drawn:
        shown = f"![What the example holds, and what the remedy does]{picture}"
        yield f"{page.path}: under What is kept there {'has to be' if drawn else 'is, and cannot be drawn,'} {shown}"


def number(quoted):
    return float(quoted.replace(",", ""))


def megabytes(node, name=""):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from megabytes(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from megabytes(value, name)
    elif name.endswith("mb"):
        yield node
