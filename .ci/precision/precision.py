"""Measures how often djleak is right about real projects.

python3 precision.py count DJLEAK CHECKOUTS         findings by rule for docs/precision.json; it fails where djleak gives up on a
                                                    file that CPython parses
python3 precision.py draw DJLEAK CHECKOUTS SEED     a random sample for docs/precision.json, to be read and judged, of the
                                                    projects that are "sampled": nobody had read their findings before
python3 precision.py again DJLEAK CHECKOUTS         notes which findings of the sample djleak reports no longer
python3 precision.py page                           writes docs/precision.md from docs/precision.json, and tells the share

CHECKOUTS is a folder with a checkout of each project of projects.json at its commit, named OWNER+NAME. Nothing is
downloaded.
"""

import ast
import json
import random
import subprocess
import sys
import warnings
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent.parent / "docs"
SAMPLE = 100
PER_RULE = 10

DEFINITION = """\
A finding is *right* if a maintainer told of it would change the code, or would agree that it is a risk they accept.
It is *wrong* if the rows, the file or the container are small by what they are, if the whole is needed anyway, if nobody
runs the code on real data, or if djleak misread the code."""


def checkouts(folder):
    for project in json.loads((HERE / "projects.json").read_text()):
        yield project, Path(folder) / project["repo"].replace("/", "+")


def check(djleak, checkout, *flags):
    command = [djleak, "check", "--format", "json", "--fail-on", "never", *flags, "."]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} in {checkout}: exit status {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout)


def parses(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(path.read_bytes())
        except (SyntaxError, ValueError):
            return False
    return True


def count(djleak, folder):
    found, projects, previewed = Counter(), defaultdict(set), Counter()
    given_up = []
    for project, checkout in checkouts(folder):
        for finding in check(djleak, checkout)["findings"]:
            found[finding["rule"]] += 1
            projects[finding["rule"]].add(project["repo"])
        everything = check(djleak, checkout, "--select", "all", "--min-confidence", "low")
        previewed.update(finding["rule"] for finding in everything["findings"])
        for notice in everything.get("notices", []):
            path = notice.get("path", "")
            if "too many fixes" in notice["message"]:
                continue  # The file was analysed; fewer fixes than findings were tried.
            if path.endswith(".py") and parses(checkout / path):
                given_up.append(f"{project['repo']}/{path}: {notice['message']}")
    rules = sorted(previewed | found, key=lambda rule: (-found[rule], -previewed[rule], rule))
    counts = [{"rule": r, "default": found[r], "projects": len(projects[r]), "everything": previewed[r]} for r in rules]
    write({**read(), "counts": counts})
    print("\n".join(table(counts)))
    if given_up:
        sys.exit("\n".join(["CPython parses what djleak gave up on:", *given_up]))


def table(counts):
    lines = ["| rule | by default | in projects | all rules, any confidence |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {c['rule']} | {c['default']} | {c['projects']} | {c['everything']} |" for c in counts]
    total = {key: sum(c[key] for c in counts) for key in ("default", "everything")}
    return [*lines, f"| **all** | **{total['default']}** | | **{total['everything']}** |"]


def read():
    record = DOCS / "precision.json"
    return json.loads(record.read_text()) if record.exists() else {}


def write(record):
    (DOCS / "precision.json").write_text(json.dumps(record, indent=1) + "\n")


def draw(djleak, folder, seed):
    findings = []
    for project, checkout in checkouts(folder):
        if not project.get("sampled"):
            continue
        for finding in check(djleak, checkout)["findings"]:
            findings.append({
                "rule": finding["rule"],
                "repo": project["repo"],
                "commit": project["commit"],
                "path": finding["path"],
                "line": finding["start"]["line"],
                "end": finding["end"]["line"],
                "verdict": "",
                "reason": "",
            })
    findings.sort(key=lambda f: (f["repo"], f["path"], f["line"], f["rule"]))
    random.Random(int(seed)).shuffle(findings)
    sample, rules = [], Counter()
    for finding in findings:
        if rules[finding["rule"]] < PER_RULE and len(sample) < SAMPLE:
            rules[finding["rule"]] += 1
            sample.append(finding)
    write({**read(), "seed": int(seed), "findings": len(findings), "sample": sample})
    print(f"{len(sample)} of {len(findings)} findings are in docs/precision.json to be judged")


def again(djleak, folder):
    record = read()
    for project, checkout in checkouts(folder):
        reported = {(f["rule"], f["path"], f["start"]["line"]) for f in check(djleak, checkout)["findings"]}
        for finding in record["sample"]:
            if finding["repo"] == project["repo"]:
                finding["reported"] = (finding["rule"], finding["path"], finding["line"]) in reported
    write(record)


def page():
    record = read()
    sample = record["sample"]
    if unread := [f for f in sample if f["verdict"] not in ("right", "wrong")]:
        sys.exit(f"{len(unread)} of {len(sample)} findings have no verdict")
    right = sum(f["verdict"] == "right" for f in sample)
    rules = sorted({f["rule"] for f in sample})
    gone = [f for f in sample if not f["reported"]]
    sampled = sum(project.get("sampled", False) for project in json.loads((HERE / "projects.json").read_text()))
    lines = [
        "# Precision",
        "",
        f"{right} of {len(sample)} findings are right: {100 * right / len(sample):.0f} %.",
        "",
        f"They were drawn at random (seed {record['seed']}, at most {PER_RULE} a rule) from the {record['findings']} that `djleak check`",
        f"reports at its default settings in {sampled} projects that nobody had looked at before (`sampled` in",
        "`.ci/precision/projects.json`), and each was read with the code around it by someone who had not written its rule.",
        "",
        DEFINITION,
        "",
        f"What is wrong becomes a case of its rule. djleak reports {len(gone)} of the {len(sample)} no longer,",
        f"{sum(f['verdict'] == 'wrong' for f in gone)} of them wrong. The aim is 90 % of what nobody has read before.",
        "",
        "Earlier draws were read in the same way, each from projects that nobody had looked at before; of some projects nearly all",
        "findings were. What was wrong in one was mended or went to preview before the next was drawn:",
        "",
        "| projects | right | read | |",
        "| ---: | ---: | ---: | ---: |",
        *(f"| {d['projects']} | {d['right']} | {d['read']} | {100 * d['right'] / d['read']:.0f} % |" for d in record["earlier"]),
        "",
        "| rule | right | read |",
        "| --- | ---: | ---: |",
    ]
    for rule in rules:
        of_rule = [f for f in sample if f["rule"] == rule]
        lines.append(f"| {rule} | {sum(f['verdict'] == 'right' for f in of_rule)} | {len(of_rule)} |")
    lines += ["", "| rule | finding | verdict | reason | still reported |", "| --- | --- | --- | --- | --- |"]
    for f in sorted(sample, key=lambda f: (f["rule"], f["repo"], f["path"], f["line"])):
        url = f"https://github.com/{f['repo']}/blob/{f['commit']}/{f['path']}#L{f['line']}"
        reason = f["reason"].replace("|", "\\|")
        lines.append(f"| {f['rule']} | [{f['repo']} {f['path']}:{f['line']}]({url}) | {f['verdict']} | {reason} | {'yes' if f['reported'] else 'no'} |")
    lines += ["", "## All findings in these projects", "", *table(record["counts"])]
    (DOCS / "precision.md").write_text("\n".join(lines) + "\n")
    print(lines[2])


if __name__ == "__main__":
    commands = {"count": count, "draw": draw, "again": again, "page": page}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]](*sys.argv[2:])
