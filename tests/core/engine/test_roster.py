"""A task finds its person: the least loaded, in turn, or who did it last; and only who is there."""

from datetime import timedelta

import pytest

from tests.core.engine.builders import AGENT, MONDAY_TEN, opened, opening, procedure
from ventanilla.core.definition.model import Pick
from ventanilla.core.engine.commands import SYSTEM, Accepted
from ventanilla.core.engine.decide import decide
from ventanilla.core.engine.roster import Candidate, Roster
from ventanilla.core.engine.state import NEW

EARLIER, LATER = MONDAY_TEN, MONDAY_TEN + timedelta(hours=1)
CENTRO = frozenset({("agente", "centro")})


def candidate(login: str, load: int = 0, **more: object) -> Candidate:
    return Candidate(id=login, roles=CENTRO, load=load, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("how", "people", "chosen"),
    [
        (Pick.QUEUE, [candidate("ana")], ""),
        (Pick.LEAST_LOADED, [candidate("ana", 2), candidate("luz", 1)], "luz"),
        (Pick.LEAST_LOADED, [candidate("luz", 1), candidate("ana", 1)], "ana"),
        (
            Pick.ROUND_ROBIN,
            [candidate("ana", given={"agente": EARLIER}), candidate("luz", 5)],
            "luz",
        ),
        (
            Pick.ROUND_ROBIN,
            [
                candidate("ana", given={"agente": LATER}),
                candidate("luz", given={"agente": EARLIER}),
            ],
            "luz",
        ),
        (
            Pick.LAST,
            [
                candidate("ana", served={"agente": EARLIER}),
                candidate("luz", served={"agente": LATER}),
            ],
            "luz",
        ),
        (Pick.LAST, [candidate("ana"), candidate("luz", served={"jefe": LATER})], ""),
        (Pick.LEAST_LOADED, [], ""),
    ],
)
def test_pick_it_chooses(how: Pick, people: list[Candidate], chosen: str) -> None:
    assert Roster(tuple(people)).pick(how, "agente", "centro") == chosen


def test_pick_it_chooses_only_who_holds_the_role_at_the_office() -> None:
    far = Candidate(id="ana", roles=frozenset({("agente", "norte")}))
    everywhere = Candidate(id="luz", roles=frozenset({("agente", None)}), load=9)
    roster = Roster((far, everywhere))

    assert roster.pick(Pick.LEAST_LOADED, "agente", "centro") == "luz"
    assert roster.pick(Pick.LEAST_LOADED, "agente", "norte") == "ana"
    assert roster.pick(Pick.LEAST_LOADED, "jefe", "norte") == ""


def test_pick_it_remembers_what_it_gave_in_the_same_decision() -> None:
    roster = Roster((candidate("ana"), candidate("luz")))

    for how in (Pick.LEAST_LOADED, Pick.ROUND_ROBIN):
        assert {roster.pick(how, "agente", "centro") for _ in range(2)} == {"ana", "luz"}


def test_pick_who_did_it_last_in_this_case_goes_before_other_cases() -> None:
    roster = Roster((candidate("ana"), candidate("luz", served={"agente": LATER})))

    assert roster.pick(Pick.LAST, "agente", "centro", ["luz", "ana"]) == "ana"
    assert roster.pick(Pick.LAST, "agente", "centro", ["otto"]) == "luz"


DEALT = "steps: {uno: {who: {role: agente, pick: least_loaded}, do: Uno, end: fin}}"


def test_decision_it_says_when_somebody_should_have_been_picked() -> None:
    found = decide(procedure(DEALT), NEW, opening(MONDAY_TEN), now=MONDAY_TEN, by=SYSTEM)
    assert isinstance(found, Accepted)
    assert found.unstaffed

    roster = Roster((candidate("ana"),))
    staffed = decide(
        procedure(DEALT), NEW, opening(MONDAY_TEN), now=MONDAY_TEN, by=SYSTEM, roster=roster
    )
    assert isinstance(staffed, Accepted)
    assert not staffed.unstaffed
    assert staffed.state.active["uno#1"].assignee == "ana"


def test_task_that_nobody_could_take_it_waits_in_the_queue_of_its_role() -> None:
    case = opened(DEALT)

    assert case.state.active["uno#1"].assignee == ""
    case.do("uno", by=AGENT, checked=("1",))
    assert case.state.result == "fin"
