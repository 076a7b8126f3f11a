"""What was simulated is what happens: every scenario gives the same journal in the database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.packs.workshop import blocks, write_workshop
from ventanilla.cases.staging import stage
from ventanilla.cases.verify import verify
from ventanilla.core.scenarios.comparing import Disagreement, compare
from ventanilla.core.scenarios.running import run_scenario
from ventanilla.packs.reader import find_packs, read_pack
from ventanilla.packs.scenarios import find_suites, on_the_engine

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
PARTS = 3
"""The scenarios of a pack run in parts, so that several workers share the longest."""
EARLY = datetime(2026, 1, 1, 14, 0, tzinfo=UTC)


def _told(found: Disagreement | None) -> str:
    """The facts in which the two journals differ, for whoever has to mend it."""
    if found is None:
        return ""
    return f"entry {found.entry}: {found.one}\nagainst {found.other}"


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", sorted(find_packs()))
def test_it_gives_the_same_journal_on_the_engine_and_in_the_database(name: str, part: int) -> None:
    _agree(find_packs()[name], NOW, part, PARTS)


@pytest.mark.django_db
def test_it_gives_the_same_journal_for_every_example_of_the_reference(tmp_path: Path) -> None:
    examples = (block for block in blocks() if block[0] == "scenario")
    folder = write_workshop(tmp_path, **{f"linea{line}": text for _, line, text in examples})

    _agree(folder, EARLY)


def _agree(folder: Path, now: datetime, part: int = 0, parts: int = 1) -> None:
    (suite,) = find_suites([folder])
    assert suite.pack is not None, suite.problems
    with stage(read_pack(folder), now) as make_driver:
        for scenario in suite.scenarios[part::parts]:
            procedure = suite.pack.procedures[scenario.procedure]
            on_engine = run_scenario(scenario, on_the_engine(suite.pack, procedure))
            driver = make_driver(suite.pack, procedure)

            in_database = run_scenario(scenario, driver)

            assert in_database.failures == on_engine.failures == ()
            assert _told(compare(procedure, on_engine.journal, in_database.journal)) == ""
            assert verify().findings == ()
