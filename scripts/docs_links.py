"""Checks that what the documents point to exists: links, anchors, and paths written as code."""

import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[1]
OUTSIDE = ("http://", "https://", "mailto:")
TOP_FOLDERS = ("src", "tests", "docs", "scripts", "bench", "requirements")

_LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_PATH = re.compile(rf"`((?:{'|'.join(TOP_FOLDERS)})/[\w./-]*)`")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)


def main() -> int:
    """Print every pointer to nothing; 1 if there is any."""
    problems = [problem for document in documents() for problem in broken(document)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def documents(root: Path = ROOT) -> list[Path]:
    """The Markdown documents of the repository; the messages of packs are not documents."""
    return sorted([*root.glob("*.md"), *root.glob("docs/**/*.md")])


def broken(document: Path, root: Path = ROOT) -> Iterator[str]:
    """One sentence for each pointer of the document that leads nowhere."""
    text = _without_code_blocks(document.read_text(encoding="utf-8"))
    for match in _LINK.finditer(text):
        if reason := _dead_link(document, match.group(1)):
            yield f"{_place(document, root, text, match.start())}: {reason}"
    for match in _PATH.finditer(text):
        if not (root / match.group(1)).exists():
            yield f"{_place(document, root, text, match.start())}: no file {match.group(1)}"


def anchors(text: str) -> set[str]:
    """The anchors that the headings of a document give, as code hosts make them."""
    found: set[str] = set()
    for match in _HEADING.finditer(_without_code_blocks(text)):
        base = anchor = _slug(match.group(1))
        count = 0
        while anchor in found:
            count += 1
            anchor = f"{base}-{count}"
        found.add(anchor)
    return found


def _dead_link(document: Path, target: str) -> str | None:
    if target.startswith(OUTSIDE):
        return None
    path_text, _, anchor = unquote(target).partition("#")
    path = document if not path_text else (document.parent / path_text)
    if not path.exists():
        return f"no file {target}"
    if anchor and path.suffix == ".md" and anchor not in anchors(path.read_text(encoding="utf-8")):
        return f"no heading {target}"
    return None


def _slug(heading: str) -> str:
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
    lowered = unicodedata.normalize("NFC", plain).casefold()
    return re.sub(r"[^\w\- ]", "", lowered).replace(" ", "-")


def _without_code_blocks(text: str) -> str:
    return _FENCE.sub(lambda match: "\n" * match.group().count("\n"), text)


def _place(document: Path, root: Path, text: str, offset: int) -> str:
    return f"{document.relative_to(root)}:{text.count(chr(10), 0, offset) + 1}"


if __name__ == "__main__":
    sys.exit(main())
