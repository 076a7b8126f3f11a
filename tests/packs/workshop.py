"""The pack that the page about scenarios shows, for tests that need a small whole one."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import ROOT

PAGE = "docs/reference/scenarios.md"
_FENCE = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> Iterator[tuple[str, int, str]]:
    """What each fenced block with a purpose is for, where it begins, and its text."""
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    for found in _FENCE.finditer(page):
        yield found[2], page.count("\n", 0, found.start()) + 2, found[3]


def workshop_files() -> dict[str, str]:
    """The files of the pack by path."""
    return {
        purpose.removeprefix("file="): text
        for purpose, _, text in blocks()
        if purpose.startswith("file=")
    }


def write_workshop(folder: Path, **scenarios: str) -> Path:
    """Write the pack, with these scenarios, and give its folder."""
    files = workshop_files() | {f"scenarios/{name}.yaml": text for name, text in scenarios.items()}
    for path, text in files.items():
        place = folder / "taller" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder / "taller"
