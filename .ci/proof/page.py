"""The code on a rule's page, as modules that run."""

import re
import sys
from pathlib import Path
from types import ModuleType

BAD, REMEDY = "Example", "Use instead"


class Page:
    """doc.md in a rule's folder."""

    def __init__(self, folder):
        self.path = Path(folder, "doc.md")
        self.proof = Path(folder, "proof.py")
        self.text = self.path.read_text("utf-8")
        self.rule = self.text.partition("\n")[0].removeprefix("# ")

    @property
    def since(self):
        """The first Django that the proof is about, as (5, 2), if it names one."""
        match = re.search(r"^SINCE = \((\d+), (\d+)\)$", self.proof.read_text("utf-8"), re.MULTILINE)
        return tuple(map(int, match.groups())) if match else (0, 0)

    @property
    def unmeasured(self):
        """Why nothing was measured, as the page says it under "What is kept" after "Not measured:", or nothing."""
        match = re.search(r"Not measured: (.+?\.)(?:\s|$)", self.section("What is kept"), re.DOTALL)
        return match[1][0].upper() + match[1][1:] if match else ""

    def section(self, title):
        text = self.text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
        if not text:
            raise ValueError(f"{self.path} has no section {title!r}")
        return text

    def pieces(self, title):
        """Returns the code in a section, piece by piece: Python, or settings in another language."""
        return re.findall(r"^```(?:python|ini)\n(.*?)^```$", self.section(title), re.DOTALL | re.MULTILINE)

    def module(self, title, n):
        """Runs a piece as the module that its first line names: "# shop/views.py" is shop.views from then on.

        The module has the piece's text as __source__; one of another language than Python has nothing else.
        """
        code = self.pieces(title)[n]
        named = re.match(r"# (\S+)\.(\w+)\n", code)
        name = named[1].replace("/", ".") if named else "shop.page"
        module = sys.modules[name] = ModuleType(name)
        module.__source__ = code
        if not named or named[2] == "py":
            exec(compile(code, f"{self.path}: {title}", "exec"), vars(module))
        return module
