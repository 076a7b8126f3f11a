"""Every sentence of the page of promises names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/promises.md"

_ROW = re.compile(r"^\| (?!---|Se promete)(.+?) \| (.+) \|$", re.MULTILINE)
_PROOF = re.compile(r"\[`(\w+)`\]\(\.\./(tests/[\w/]+\.py)\)")


def missing(page: str, root: Path) -> list[str]:
    """The sentences without a test, and the tests that are not where they are said to be."""
    faults: list[str] = []
    for sentence, cell in _ROW.findall(page):
        proofs = _PROOF.findall(cell)
        if not proofs:
            faults.append(sentence)
        for name, path in proofs:
            file = root / path
            if not file.exists() or f"def test_{name}(" not in file.read_text(encoding="utf-8"):
                faults.append(f"{path}::test_{name}")
    return faults


def test_promises_each_it_names_a_test_that_exists() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert len(_ROW.findall(page)) >= 20
    assert missing(page, ROOT) == []


def test_promises_it_notices_a_sentence_without_a_test_and_a_test_that_is_gone(
    tmp_path: Path,
) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_here.py").write_text("def test_here() -> None: ...\n", "utf-8")
    page = (
        "| Se promete | Lo prueba |\n| --- | --- |\n"
        "| Con prueba | [`here`](../tests/test_here.py) |\n"
        "| Sin prueba | nada |\n"
        "| Con otra | [`gone`](../tests/test_here.py) |\n"
    )

    assert missing(page, tmp_path) == ["Sin prueba", "tests/test_here.py::test_gone"]
