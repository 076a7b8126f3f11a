"""Documents point to what exists."""

from pathlib import Path

from scripts.docs_links import anchors, broken, documents


def test_broken_it_finds_dead_links_headings_and_paths(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# One heading\n")
    page = tmp_path / "page.md"
    page.write_text(
        "[a](other.md#one-heading) [b](missing.md)\n"
        "[c](other.md#no-such)\n"
        "`tests/nowhere.py`\n"
        "```\n[in code](is-not-a-link.md)\n```\n"
    )

    assert list(broken(page, tmp_path)) == [
        "page.md:1: no file missing.md",
        "page.md:2: no heading other.md#no-such",
        "page.md:3: no file tests/nowhere.py",
    ]


def test_anchors_it_makes_them_as_code_hosts_do() -> None:
    assert anchors("# Qué es `x`, y más\n## Twice\n## Twice\n") == {
        "qué-es-x-y-más",
        "twice",
        "twice-1",
    }


def test_documents_it_finds_no_dead_pointer_in_any() -> None:
    found = [problem for document in documents() for problem in broken(document)]
    assert not found, "\n".join(found)
