"""What was simulated is what happens: every scenario gives the same journal in the database."""

from datetime import UTC, datetime

import pytest

from ventanilla.cases.staging import stage
from ventanilla.cases.verify import verify
from ventanilla.core.scenarios.comparing import Disagreement, compare
from ventanilla.core.scenarios.running import run_scenario
from ventanilla.packs.reader import find_packs, read_pack
from ventanilla.packs.scenarios import find_suites, on_the_engine

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def _told(found: Disagreement | None) -> str:
    """The facts in which the two journals differ, for whoever has to mend it."""
    if found is None:
        return ""
    return f"entry {found.entry}: {found.one}\nagainst {found.other}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(find_packs()))
def test_it_gives_the_same_journal_on_the_engine_and_in_the_database(name: str) -> None:
    folder = find_packs()[name]
    (suite,) = find_suites([folder])
    assert suite.pack is not None
    with stage(read_pack(folder), NOW) as make_driver:
        for scenario in suite.scenarios:
            procedure = suite.pack.procedures[scenario.procedure]
            on_engine = run_scenario(scenario, on_the_engine(suite.pack, procedure))
            driver = make_driver(suite.pack, procedure)

            in_database = run_scenario(scenario, driver)

            assert in_database.failures == on_engine.failures == ()
            assert _told(compare(procedure, on_engine.journal, in_database.journal)) == ""
            assert verify().findings == ()
