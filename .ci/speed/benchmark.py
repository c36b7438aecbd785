"""Times djleak beside ruff and ast-grep, as whole processes and in turn, and writes docs/performance.md and its plot.

Run it as .ci/benchmark DIR, where DIR holds checkouts of Django projects.
"""

import argparse
import datetime
import gzip
import html
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "performance.svg"

# What ruff has of djleak's subject: mutable defaults, caches on methods, Django, lists built in loops, mutable class
# attributes, files left open.
RUFF_RULES = "B006,B019,DJ,PERF,RUF012,SIM115"

AST_GREP_RULE = r"""
id: cached-method
language: python
message: a cache on a method
rule:
  kind: decorated_definition
  has: {kind: decorator, regex: '^@(functools\.)?(lru_cache|cache)\b'}
  inside: {kind: class_definition, stopBy: end}
"""


class Run:
    """The times of one finished process, in seconds, and its peak memory in MiB."""

    def __init__(self, command, folder):
        start = time.perf_counter()
        with open(os.devnull, "w") as nothing:
            child = subprocess.Popen(command, cwd=folder, stdout=nothing, stderr=subprocess.PIPE)
            problem = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
        self.wall = time.perf_counter() - start
        self.cpu = usage.ru_utime + usage.ru_stime
        # Linux counts in KiB, macOS in bytes.
        self.peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in (0, 1):
            sys.exit(f"{' '.join(command)}: exit status {child.returncode}\n{problem.decode(errors='replace')}")


def in_turn(commands, folder, runs):
    """Runs all commands once to warm up, then in turn, and returns the runs of each."""
    found = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            run = Run(command, folder)
            if turn:
                found[name].append(run)
    return found


def median(runs, figure):
    return statistics.median(getattr(run, figure) for run in runs)


def ratio(runs, others, figure="wall"):
    """The median of the ratios turn by turn: a machine whose speed drifts slows both."""
    return statistics.median(getattr(a, figure) / getattr(b, figure) for a, b in zip(runs, others, strict=True))


def version(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().splitlines()[0]


def python_files(folder):
    return sum(name.endswith(".py") for _, _, names in os.walk(folder) for name in names)


def tenth(folder, files):
    """Projects of the folder that together have about a tenth of its files, the middling ones first."""
    sizes = sorted(((python_files(entry.path), entry.name) for entry in os.scandir(folder) if entry.is_dir()))
    chosen, sum_ = [], 0
    for size, name in sorted(sizes, key=lambda s: abs(s[0] - files / 40)):
        if size and sum_ + size <= files / 10:
            chosen.append(name)
            sum_ += size
    return sorted(chosen), sum_


def benchmark(package, pattern, folder):
    """The MB/s of the package's benchmarks on one processor, by name, the best of three."""
    command = ["go", "test", package, "-run", "^$", "-bench", pattern, "-cpu", "1", "-count", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "DJLEAK_CORPUS": str(folder)})
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    best = {}
    for name, speed in re.findall(r"^Benchmark(\w+)\s.*?([\d.]+) MB/s", done.stdout, re.MULTILINE):
        best[name] = max(best.get(name, 0), float(speed))
    return best


def review(runs):
    """The figures of a review on a server whose answers take 50 ms, by their units: those of BenchmarkAction."""
    command = ["go", "test", "./cmd/djleak", "-run", "^$", "-bench", "Action$", "-benchtime", f"{runs}x"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    line = re.search(r"^BenchmarkAction\S*\s+\d+\s+(.*)", done.stdout, re.MULTILINE)
    if done.returncode or not line:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return {unit: float(figure) for figure, unit in re.findall(r"([\d.]+) (\S+)", line.group(1))}


def machine():
    model = platform.processor()
    try:
        cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
        model = cpu.group(1) if cpu else model
    except OSError:
        pass
    return f"{os.cpu_count()} × {model}, {platform.system()} {platform.machine()}"


def bars(rows):
    """A plot of (name, seconds): one bar each, as SVG that reads on light and on dark pages."""
    width, left, step = 720, 250, 34
    longest = max(seconds for _, seconds in rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {step * len(rows) + 14}" role="img" '
        'font-family="system-ui, sans-serif" font-size="14">',
        "<style>text{fill:#1f2328}.bar{fill:#8c959f}.own{fill:#0c7c59}"
        "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.own{fill:#3fb98a}}</style>",
        "<title>Seconds for the whole tree, the median; shorter is better</title>",
    ]
    for i, (name, seconds) in enumerate(rows):
        y = 8 + i * step
        length = max(2, (width - left - 90) * seconds / longest)
        own = "own" if name.startswith("djleak") else "bar"
        parts += [
            f'<text x="{left - 10}" y="{y + 16}" text-anchor="end">{html.escape(name)}</text>',
            f'<rect class="{own}" x="{left}" y="{y}" width="{length:.1f}" height="22" rx="2"/>',
            f'<text x="{left + length + 8:.1f}" y="{y + 16}">{seconds:.2f} s</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binaries", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("folder", type=Path, help="a folder with checkouts of Django projects")
    parser.add_argument("--runs", type=int, default=7, help="counted turns (default 7)")
    parser.add_argument("--print", action="store_true", help="print the figures and write nothing")
    options = parser.parse_args()
    folder = options.folder.resolve()
    djleak = [str(options.binaries / "djleak"), "check", "--preview", "--select", "all", "--fail-on", "never"]
    djleak += ["--format", "json", "--output", os.devnull]
    files = python_files(folder)
    if not files:
        sys.exit(f"{folder} has no Python files")

    whole, tools = {}, []
    tools.append(version(djleak[0], "version"))
    names = {"djleak": "djleak, all rules", "ruff": "ruff, its few rules", "ast-grep": "ast-grep, one rule"}
    whole[names["djleak"]] = [*djleak, "."]
    if ruff := shutil.which("ruff"):
        tools.append(version(ruff, "--version"))
        whole[names["ruff"]] = [ruff, "check", "--no-cache", "--isolated", "--select", RUFF_RULES, "--quiet", "--exit-zero", "."]
    if grep := shutil.which("ast-grep"):
        tools.append(version(grep, "--version"))
    with tempfile.TemporaryDirectory() as scratch:
        if grep:
            rule = Path(scratch, "rule.yml")
            rule.write_text(AST_GREP_RULE)
            whole[names["ast-grep"]] = [grep, "scan", "--rule", str(rule), "--json=stream", "."]
        missing = [tool for tool in ("ruff", "ast-grep") if names[tool] not in whole]
        if missing:
            print("not installed, and so not measured: " + ", ".join(missing), file=sys.stderr)
        times = in_turn(whole, folder, options.runs)
    part, part_files = tenth(folder, files)
    small = in_turn({"tenth": [*djleak, *part]}, folder, options.runs)["tenth"] if part else []
    start = in_turn({"djleak": [djleak[0], "version"], "empty": [str(options.binaries / "empty")]}, folder, 5 * options.runs)
    action = review(options.runs)
    speed = benchmark("./analyzer/python", "Parse$|GoParser$", folder) | benchmark("./analyzer/rules", "Tree$", folder)

    own = times[names["djleak"]]
    lines = [
        f"{datetime.date.today().isoformat()}, {machine()}; {'; '.join(tools)}; {version('go', 'version').removeprefix('go version ')}.",
        f"{files:,} Python files of {sum(entry.is_dir() for entry in os.scandir(folder))} folders; "
        f"the median of {options.runs}, in turn, after one to warm up.",
        "",
        "| | wall s (least) | CPU s | peak MiB | djleak's wall time to it |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, runs in times.items():
        least = min(run.wall for run in runs)
        share = "" if runs is own else f"{ratio(own, runs):.2f}"
        lines.append(f"| {name} | {median(runs, 'wall'):.2f} ({least:.2f}) | {median(runs, 'cpu'):.2f} | {median(runs, 'peak'):.0f} | {share} |")
    if small:
        growth = median(own, "peak") / median(small, "peak")
        lines.append(
            f"| djleak on {part_files:,} of the files | {median(small, 'wall'):.2f} ({min(r.wall for r in small):.2f}) | "
            f"{median(small, 'cpu'):.2f} | {median(small, 'peak'):.0f} | |"
        )
        lines += ["", f"The whole tree's peak is {growth:.2f} times that of a tenth of it."]
    program = (options.binaries / "djleak").read_bytes()
    begin = statistics.median(a.wall - b.wall for a, b in zip(start["djleak"], start["empty"], strict=True)) * 1000
    lines += [
        "",
        f"`djleak action` reviews 30 changed files in {action['ms/review']:.0f} ms where each answer of the server takes 50 ms: "
        f"{action['ratio']:.2f} times as long as a client that only",
        f"sends the same {action['requests']:.0f} requests, in the same order and as many at once. It waits {action['rounds']:.0f} times, and "
        f"its first request is out after {action['ms/start']:.0f} ms.",
        "",
        f"`djleak version` takes {begin:.1f} ms longer than an empty Go program. The binary has {len(program) / 1e6:.1f} MB, "
        f"{len(gzip.compress(program)) / 1e6:.1f} MB compressed.",
        "",
        "On one processor and without reading files:",
        "",
        "| | MB/s |",
        "| --- | ---: |",
        f"| go/parser, on Go's own library | {speed['GoParser']:.0f} |",
        f"| djleak's parser | {speed['Parse']:.0f} |",
        f"| djleak's parser, names and all rules | {speed['Tree']:.0f} |",
    ]
    figures = "\n".join(lines)
    print(figures)
    if options.print:
        return
    page = PAGE.read_text()
    before, _, rest = page.partition("<!-- figures: begin -->\n")
    _, _, after = rest.partition("<!-- figures: end -->")
    PAGE.write_text(f"{before}<!-- figures: begin -->\n{figures}\n<!-- figures: end -->{after}")
    PLOT.write_text(bars([(name, median(runs, "wall")) for name, runs in times.items()]))


if __name__ == "__main__":
    main()
