"""Virtual environments, one for each Django that the rules are proven on."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

# Whatever a later Python of this machine may be called; pyenv keeps its own out of the way.
PYTHONS = [sys.executable, "python3.12", "python3.13", "python3.14"]
PYENV = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python3"))

# What any Django is proven with.
LIBRARIES = Path(__file__).with_name("libraries.txt")

DESCRIBE = """
import json, platform, sqlite3, sys
from importlib.metadata import version
print(json.dumps({"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
                 | {name: version(name) for name in sys.argv[1:]}))
"""


@dataclass
class Django:
    """A Django, by the first two numbers of its version, and the Python that has it installed."""

    name: str
    python: Path
    requirements: Path

    @property
    def numbers(self):
        return tuple(map(int, self.name.split(".")))

    @cached_property
    def versions(self):
        """Returns the version of everything that the figures depend on."""
        names = re.findall(
            r"^([\w-]+)(?:\[.*\])?==", self.requirements.read_text("utf-8") + LIBRARIES.read_text("utf-8"), re.M
        )
        return json.loads(subprocess.check_output([self.python, "-c", DESCRIBE, *names]))


def environments(files, cache):
    """Makes an environment for each of these files of requirements, or takes the one that a run before made."""
    found = []
    for file in files:
        text = file.read_text("utf-8") + LIBRARIES.read_text("utf-8")
        needed = re.search(r"^# needs Python (\d+)\.(\d+)", text)
        python = find_python(tuple(map(int, needed.groups())) if needed else (3, 11))
        if python is None:
            print(f"skipped: Django {file.stem}, for it needs Python {needed[1]}.{needed[2]}")
            continue
        folder = cache / f"django-{file.stem}-{sha256(f'{python} {text}'.encode()).hexdigest()[:12]}"
        if not (folder / "complete").exists():
            install(python, file, folder)
        found.append(Django(file.stem, folder / "bin" / "python", file))
    return found


def find_python(least):
    """Returns the first Python here that is not older, or None."""
    for python in map(str, [*PYTHONS, *PYENV]):
        check = f"import sys, ensurepip, venv; sys.exit(sys.version_info < {least})"
        if shutil.which(python) and subprocess.run([python, "-c", check], capture_output=True).returncode == 0:
            return python
    return None


def install(python, requirements, folder):
    print(f"installing {requirements.name} into {folder}", flush=True)
    subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
    pip = [folder / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--requirement", requirements, "--requirement", LIBRARIES], check=True)
    (folder / "complete").touch()
