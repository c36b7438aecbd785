"""python3 run.py CACHE [RULE...]: proves these rules, or all, on every Django there is, and writes down the figures."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import draw
import figures
from environments import environments
from page import Page

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def main(cache, *names):
    pages = [Page(proof.parent) for proof in sorted(ROOT.glob("analyzer/rules/*/proof.py"))]
    if unknown := set(names) - {page.rule for page in pages}:
        sys.exit(f"there is no proof of {', '.join(sorted(unknown))}")
    chosen = [page for page in pages if page.rule in names or not names]
    djangos = environments(HERE / "requirements", Path(cache))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [(page, django, pool.submit(prove, page, django)) for page in chosen for django in djangos]
        measured = [(page, django, run.result()) for page, django, run in runs]
    failed = [f"{page.rule} on Django {django.name}" for page, django, result in measured if result is None]
    if failed:
        sys.exit("does not hold: " + ", ".join(failed))

    record = figures.update(ROOT / "docs" / "proofs.json", pages, measured)
    draw.all_rules(ROOT / "docs" / "rules", record)
    if wrong := [line for page in chosen for line in figures.misquoted(page, record)]:
        sys.exit("\n".join(wrong))


def prove(page, django):
    """Runs one proof, prints what it prints, and returns its figures, or None if the rule does not hold."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "figures.json")
        command = [django.python, "-m", "proof", page.path.parent, file]
        environment = os.environ | {"PYTHONPATH": str(HERE), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        print(f"{page.rule} on Django {django.name}\n{run.stdout}", end="", flush=True)
        return json.loads(file.read_text("utf-8")) if run.returncode == 0 else None


if __name__ == "__main__":
    main(*sys.argv[1:])
