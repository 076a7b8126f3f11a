"""The page of problems is the one that the program makes."""

from tests.architecture.sources import ROOT
from ventanilla.core.definition.problems import Code
from ventanilla.packs.problems_page import page

PAGE = ROOT / "docs" / "reference" / "problems.md"


def test_page_it_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_page_it_tells_every_code() -> None:
    headings = [line.removeprefix("## ") for line in page().splitlines() if line.startswith("## ")]

    assert headings == [str(code) for code in Code]
