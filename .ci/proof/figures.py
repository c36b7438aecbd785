"""What was measured, written down in docs/proofs.json and quoted on the rules' pages."""

import ast
import json
import re


def update(file, pages, measured):
    """Puts new figures in the place of the old ones and returns all; those of a Django that is not here stay."""
    record = json.loads(file.read_text("utf-8")) if file.exists() else {"versions": {}, "rules": {}}
    for page, django, result in measured:
        rule = record["rules"].setdefault(page.rule, {"setting": "", "django": {}})
        rule["setting"] = ast.get_docstring(ast.parse(page.path.with_name("proof.py").read_text("utf-8")))
        rule["django"][django.name] = result
        record["versions"][django.name] = django.versions()
    record["versions"] = dict(sorted(record["versions"].items()))
    record["rules"] = {page.rule: record["rules"][page.rule] for page in pages if page.rule in record["rules"]}
    for rule in record["rules"].values():
        rule["django"] = dict(sorted(rule["django"].items()))
    file.parent.mkdir(exist_ok=True)
    text = json.dumps(record, indent=2, ensure_ascii=False)
    file.write_text(re.sub(r"\[[-\d.,\s]+\]", on_one_line, text) + "\n", "utf-8")
    return record


def on_one_line(numbers):
    return re.sub(r"\s+", " ", numbers[0]).replace("[ ", "[").replace(" ]", "]")


def misquoted(page, record):
    """Yields a complaint about each number of MB under "What is kept" that no proof gives, to a tenth of it."""
    figures = list(megabytes(record["rules"].get(page.rule, {}).get("django", {})))
    for quoted in re.findall(r"([\d.,]+) MB\b", page.section("What is kept")):
        value = float(quoted.replace(",", ""))
        if not any(abs(value - figure) <= max(figure / 10, 0.05) for figure in figures):
            yield f"{page.path}: {quoted} MB is not among the figures of its proof: {sorted(set(figures))}"


def megabytes(node, name=""):
    if isinstance(node, dict):
        for key, value in node.items():
            yield from megabytes(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from megabytes(value, name)
    elif name.endswith("mb"):
        yield node
