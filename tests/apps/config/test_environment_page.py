"""The page about running an installation names every variable, and none that is not read."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs/how-to/run-an-installation.md"
CODE = ("config/environment.py", "packs/reader.py")

_VARIABLE = re.compile(r"VENTANILLA_[A-Z_]+")


def test_page_it_names_every_variable_that_is_read() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = "\n".join(line for line in page.splitlines() if line.startswith("| `VENTANILLA"))
    read = {
        name
        for path in CODE
        for name in _VARIABLE.findall((ROOT / "src/ventanilla" / path).read_text("utf-8"))
    }

    assert read
    assert set(_VARIABLE.findall(table)) == read
