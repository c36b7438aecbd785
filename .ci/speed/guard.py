"""Compares two djleak binaries on the Python files of the standard library: guard.py NEW OLD. It fails where the new one needs much more."""

import os
import sys
import sysconfig

from benchmark import in_turn, median, ratio

RUNS = 5

# Machines that run CI are noisy, and CPU time less so than wall time. What makes a commit slower by less than this is
# found by the benchmarks.
MOST = 1.25


def main():
    flags = ["check", "--preview", "--select", "all", "--fail-on", "never", "--format", "json", "--output", os.devnull, "."]
    runs = in_turn({"new": [sys.argv[1], *flags], "old": [sys.argv[2], *flags]}, sysconfig.get_path("stdlib"), RUNS)
    slower = False
    for figure, unit in {"cpu": "s of CPU", "peak": "MiB at the peak"}.items():
        times = ratio(runs["new"], runs["old"], figure)
        slower = slower or times > MOST
        print(f"{median(runs['new'], figure):.2f} {unit}, {median(runs['old'], figure):.2f} before: {times:.2f} times as much")
    if slower:
        sys.exit(f"that is more than {MOST} times as much as before")


main()
