"""The contradictions of the published procedures, transcribed: the checker names what it can."""

from functools import cache

import pytest

from tests.architecture.sources import ROOT
from tests.packs.published import FOLDER, REASONS, SOURCES, Finding, files_of, findings, page
from tests.packs.samples import place, where
from ventanilla.core.definition.problems import Problem
from ventanilla.packs.reader import PackFiles, compile_pack

COUNTS = {
    "cli": 22,
    "comteco-digital-sales": 17,
    "comteco-information-desk": 20,
    "prochile-users": 36,
    "promperu-exporter-desk": 22,
    "promperu-software-requirements": 14,
}
FOUND = [one for one in findings() if one.code]


@cache
def told(source: str, pack: str) -> tuple[Problem, ...]:
    files = files_of(FOLDER / source / pack)
    return compile_pack(PackFiles(name=source, files=files)).problems


@pytest.mark.parametrize("finding", FOUND, ids=lambda one: f"{one.source}-{one.number}")
def test_names_the_contradiction_at_its_place(finding: Finding) -> None:
    files = files_of(FOLDER / finding.source / finding.pack)
    at = place(files, finding.file, finding.needle)

    codes = {
        problem.code
        for problem in told(finding.source, finding.pack)
        if where(problem)[:2] == at[:2]
    }

    assert finding.code in codes


def test_lists_every_finding_once_as_found_or_with_its_reason() -> None:
    for source in SOURCES:
        rows = [one for one in findings() if one.source == source]
        assert [one.number for one in rows] == list(range(1, COUNTS[source] + 1))
        assert all(bool(one.code) != bool(one.why) for one in rows)
        assert all(one.why in REASONS for one in rows if one.why)
    assert sum(COUNTS.values()) == 131


@pytest.mark.parametrize("source", SOURCES)
def test_reads_one_transcription_of_each_source_without_error(source: str) -> None:
    assert [one.code for one in told(source, "contradictions") if one.severity == "error"] == []


def test_page_it_is_current() -> None:
    written = (ROOT / "docs/explanation/contradictions.md").read_text(encoding="utf-8")

    assert written == page()
