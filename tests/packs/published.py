"""The findings in the published procedures, and the page about those that the checker names.

``python -m tests.packs.published > docs/explanation/contradictions.md`` writes the page anew.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.architecture.sources import ROOT

FOLDER = ROOT / "tests/packs/as_published"

SOURCES: Mapping[str, str] = {
    "promperu-exporter-desk": "PROMPERÚ: service to exporters",
    "promperu-software-requirements": "PROMPERÚ: software requirements",
    "comteco-digital-sales": "COMTECO: digital sales",
    "comteco-information-desk": "COMTECO: information and direction",
    "cli": "CLI: service of the customs agency",
    "prochile-users": "ProChile: users and beneficiaries",
}
REASONS: Mapping[str, str] = {
    "silence": "nothing is written, so there is nothing to compare",
    "meaning": "a question of what is meant; both readings are sound procedures",
    "scope of words": "two wordings in prose, not two rules",
    "people": "about people, rights or paper, not about the course of a case",
    "forced": "cannot be written: the language makes the author decide",
}


_HEAD = """\
# Contradictions in the procedures as published

Reading the six published procedures, people found {every} ambiguities, contradictions and gaps.
Each was transcribed, as far as it can be written, into packs that say what the documents say
([tests/packs/as_published](../../tests/packs/as_published)), in our own words. The checker names
**{found} of {every}**, each with its code at its place; a test holds it to that. The other {other}
are listed with the reason. The page is made from the same list as the test.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One row of a catalogue's list of contradictions, and what the checker makes of it."""

    source: str
    number: int
    what: str
    code: str = ""
    pack: str = ""
    file: str = ""
    needle: str = ""
    why: str = ""


def findings() -> tuple[Finding, ...]:
    """All of them, source by source."""
    written = yaml.safe_load((FOLDER / "findings.yaml").read_text(encoding="utf-8"))
    return tuple(_finding(source, row) for source in SOURCES for row in written[source])


def _finding(source: str, row: Mapping[str, object]) -> Finding:
    place, _, needle = str(row.get("at", "")).partition("|")
    pack, _, file = place.partition("/")
    return Finding(
        source=source,
        number=int(str(row["n"])),
        what=str(row["what"]),
        code=str(row.get("code", "")),
        pack=pack,
        file=file,
        needle=needle,
        why=str(row.get("why", "")),
    )


def files_of(folder: Path) -> dict[str, str]:
    """The files of a transcribed pack."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def page() -> str:
    """The page as Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    every = findings()
    found = [one for one in every if one.code]
    yield _HEAD.format(found=len(found), every=len(every), other=len(every) - len(found))
    yield "| why a machine does not see it | findings |"
    yield "| --- | --- |"
    for reason, told in REASONS.items():
        count = sum(one.why == reason for one in every)
        if count:
            yield f"| {reason}: {told} | {count} |"
    for source, title in SOURCES.items():
        rows = [one for one in every if one.source == source]
        named = sum(1 for one in rows if one.code)
        yield ""
        yield f"## {title}"
        yield ""
        yield f"{named} of {len(rows)} found."
        yield ""
        yield "| # | finding | the checker |"
        yield "| --- | --- | --- |"
        for one in rows:
            verdict = f"[{one.code}](../reference/problems.md#{one.code})" if one.code else one.why
            yield f"| {one.number} | {one.what} | {verdict} |"


if __name__ == "__main__":
    sys.stdout.write(page())
