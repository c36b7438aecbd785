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
        self.text = self.path.read_text("utf-8")
        self.rule = self.text.partition("\n")[0].removeprefix("# ")

    def section(self, title):
        text = self.text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
        if not text:
            raise ValueError(f"{self.path} has no section {title!r}")
        return text

    def pieces(self, title):
        """Returns the Python code in a section, piece by piece."""
        return re.findall(r"^```python\n(.*?)^```$", self.section(title), re.DOTALL | re.MULTILINE)

    def module(self, title, n):
        """Runs a piece as the module that its first line names: "# shop/views.py" is shop.views from then on."""
        code = self.pieces(title)[n]
        name = re.match(r"# (\S+)\.py\n", code)[1].replace("/", ".")
        module = sys.modules[name] = ModuleType(name)
        exec(compile(code, f"{self.path}: {title}", "exec"), vars(module))
        return module
