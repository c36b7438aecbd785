"""python3 run.py CACHE [RULE|DJANGO...]: proves these rules, or all, on these versions of Django, or every one there is.

The figures go to docs/proofs.json, docs/proofs.md and the pages and pictures in docs/rules.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import draw
import figures
import table
from environments import environments
from page import Page

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# Seconds after which a proof has hung; none needs a tenth of it on a quiet machine.
LIMIT = 900


def main(cache, *names):
    started = time.monotonic()
    pages = [Page(doc.parent) for doc in sorted(ROOT.glob("analyzer/rules/*/doc.md"))]
    proven = [page for page in pages if page.proof.exists()]
    versions = {file.stem: file for file in sorted((HERE / "requirements").glob("*.txt"))}
    if unknown := set(names) - set(versions) - {page.rule for page in proven}:
        sys.exit(f"there is no proof of {', '.join(sorted(unknown))}")
    chosen = [page for page in proven if page.rule in names or not set(names) - set(versions)]
    wanted = [file for version, file in versions.items() if version in names] or versions.values()
    djangos = environments(wanted, Path(cache))
    if not djangos:
        sys.exit("no Python here is new enough for these versions of Django")

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [
            (page, django, pool.submit(prove, page, django))
            for page in chosen
            for django in djangos
            if page.since <= django.numbers
        ]
        failed = []
        for page, django, run in runs:
            if figured := run.result():
                figures.update(ROOT / "docs" / "proofs.json", proven, page, django, figured)
            else:
                failed.append(f"{page.rule} on Django {django.name}")
    print(f"{len(runs)} proofs of {len(chosen)} rules in {time.monotonic() - started:.0f} seconds")
    record = figures.read(ROOT / "docs" / "proofs.json")
    draw.all_rules(ROOT / "docs" / "rules", record)
    table.write(ROOT / "docs" / "proofs.md", pages, record)
    if shutil.which("go"):
        subprocess.run(["go", "generate", "./analyzer/rules"], cwd=ROOT, check=True)
    if wrong := [line for page in pages for line in figures.complaints(page, record)]:
        print(*wrong, sep="\n")
    if failed or wrong:
        sys.exit(f"does not hold: {', '.join(failed) or 'what the pages quote'}")


def prove(page, django):
    """Runs one proof, prints what it prints, and returns its figures, or None if the rule does not hold."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "figures.json")
        command = [django.python, "-m", "proof", page.path.parent, file]
        environment = os.environ | {
            "PYTHONPATH": str(HERE),
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            # What the settings on the pages ask the environment for.
            "REDIS_URL": "redis://127.0.0.1:6379/1",
            "MPLCONFIGDIR": folder,
        }
        started = time.monotonic()
        try:
            run = subprocess.run(
                command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LIMIT
            )
            output, holds = run.stdout, run.returncode == 0
        except subprocess.TimeoutExpired:
            output, holds = f"  not done after {LIMIT} seconds\n", False
        took = time.monotonic() - started
        print(f"{page.rule} on Django {django.name}, {took:.1f} seconds\n{output}", end="", flush=True)
        return json.loads(file.read_text("utf-8")) if holds else None


if __name__ == "__main__":
    main(*sys.argv[1:])
