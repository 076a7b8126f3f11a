"""The engine's promises for the packs' procedures and for random ones, whatever happens to them."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import pairwise
from json import dumps, loads
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.architecture.sources import ROOT
from tests.core.engine.any_life import AnyLife, any_command, live, performer
from tests.core.engine.random_procedures import runnable
from ventanilla.core.definition.model import Procedure
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.codec import read_facts, write_facts
from ventanilla.core.engine.commands import Accepted, Refused, Tick
from ventanilla.core.engine.decide import decide
from ventanilla.core.engine.evolve import evolve, fold
from ventanilla.core.engine.state import NEW, Status, TrackStatus, next_wake
from ventanilla.core.engine.state_codec import read_state, write_state
from ventanilla.packs.reader import compile_pack, read_pack

pytestmark = pytest.mark.long

RANDOM = 40
"""Random procedures, each lived through in several ways."""
share = settings.default.max_examples if settings.default else 100
lively = settings(
    max_examples=max(1, share // 4),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
ENDS = (f.StepDone, f.StepLeft, f.SentBack, f.Signed)


@cache
def published() -> dict[str, Procedure]:
    found: dict[str, Procedure] = {}
    for folder in sorted((ROOT / "packs").glob("*/pack.yaml")):
        pack = compile_pack(read_pack(folder.parent)).pack
        assert pack is not None, folder
        found |= pack.procedures
    return found


@cache
def random_procedure(seed: int) -> Procedure:
    return runnable(Random(seed), beside=True)


@st.composite
def lives(draw: st.DrawFn) -> AnyLife:
    """A case of some procedure, after whatever has happened to it."""
    rng = Random(draw(st.integers(0, 2**32)))
    if draw(st.booleans()):
        return live(random_procedure(rng.randrange(RANDOM)), rng)
    return live(published()[rng.choice(sorted(published()))], rng)


@lively
@given(life=lives())
def test_decision_it_carries_the_fold_of_its_facts_and_a_refusal_carries_nothing(
    life: AnyLife,
) -> None:
    for one in life.tried:
        if isinstance(one.decision, Accepted):
            assert fold(one.before, one.decision.facts) == one.decision.state
        else:
            assert isinstance(one.decision, Refused)


@lively
@given(life=lives())
def test_decision_it_is_the_same_each_time(life: AnyLife) -> None:
    command = any_command(life)
    by = performer(life.procedure, command, life.rng)

    once = decide(life.procedure, life.state, command, now=life.now, by=by)

    assert decide(life.procedure, life.state, command, now=life.now, by=by) == once


@lively
@given(life=lives())
def test_journal_replayed_through_json_it_gives_the_state(life: AnyLife) -> None:
    state = NEW
    for facts in life.accepted:
        written, personal = loads(dumps(write_facts(life.procedure, facts)))
        read = read_facts(life.procedure, written, personal)

        assert read == facts
        state = fold(state, read)
    assert state == life.state
    assert read_state(life.procedure, loads(dumps(write_state(life.procedure, state)))) == state


@lively
@given(life=lives())
def test_tick_it_does_nothing_the_second_time(life: AnyLife) -> None:
    life.tell(Tick())

    assert life.tell(Tick()) == Accepted(facts=(), state=life.state)
    wake = next_wake(life.state)
    assert wake is None or wake > life.now


@lively
@given(life=lives())
def test_facts_they_happen_when_the_command_says_and_never_after_it_was_recorded(
    life: AnyLife,
) -> None:
    for one in life.tried:
        if not isinstance(one.decision, Accepted) or isinstance(one.command, Tick):
            continue
        happened = getattr(one.command, "happened_at", one.now)
        told = _instants(one.decision.facts)
        assert all(at <= one.now for at in told)
        if told and one.before.status is not Status.CLOSED:
            begun = [active.entered_at for active in one.before.active.values()]
            assert max(told) <= max(happened, *begun, happened)


@lively
@given(life=lives())
def test_visits_they_are_numbered_one_after_another_and_end_once(life: AnyLife) -> None:
    counts: dict[str, int] = {}
    going: set[tuple[str, int]] = set()
    for fact in (fact for facts in life.accepted for fact in facts):
        if isinstance(fact, f.StepEntered):
            counts[fact.step] = counts.get(fact.step, 0) + 1
            assert fact.visit == counts[fact.step]
            going.add((fact.step, fact.visit))
        elif isinstance(fact, ENDS) and not _is_last_signature(life, fact):
            going.remove((fact.step, fact.visit))
    assert {(one.step, one.visit) for one in life.state.active.values()} == going


def _is_last_signature(life: AnyLife, fact: f.Fact) -> bool:
    """The visit ended when it was signed; now the step is done too."""
    return isinstance(fact, f.StepDone) and life.procedure.steps[fact.step].approve is not None


@lively
@given(life=lives())
def test_clock_it_is_late_once_and_each_alarm_goes_off_once(life: AnyLife) -> None:
    rung: set[tuple[str, str]] = set()
    for fact in (fact for facts in life.accepted for fact in facts):
        match fact:
            case f.DeadlineStarted(name=name):
                rung = {one for one in rung if one[0] != name}
            case f.DeadlineLate(name=name) | f.AlarmFired(deadline=name):
                what = (name, "" if isinstance(fact, f.DeadlineLate) else fact.alarm)
                assert what not in rung
                rung.add(what)
            case f.DeadlineStopped(name=name) | f.DeadlineExtended(name=name):
                rung.discard((name, ""))
            case _:
                pass


@lively
@given(life=lives())
def test_settled_clock_it_never_changes(life: AnyLife) -> None:
    state = NEW
    for fact in (fact for facts in life.accepted for fact in facts):
        after = evolve(state, fact)
        ended = fact.name if isinstance(fact, f.DeadlineEnded) else ""
        for name, settled in state.settled.items():
            assert name == ended or after.settled[name] == settled
        state = after


@lively
@given(life=lives())
def test_case_it_stands_somewhere_while_open_and_nowhere_when_closed(life: AnyLife) -> None:
    for one in life.tried:
        if not isinstance(one.decision, Accepted):
            continue
        state = one.decision.state
        begun = [name for name, how in state.tracks.items() if how is TrackStatus.BEGUN]
        if state.status is Status.CLOSED:
            assert (dict(state.active), dict(state.running), begun) == ({}, {}, [])
            assert next_wake(state) is None
        else:
            steps = [life.procedure.steps[active.step] for active in state.active.values()]
            assert sorted(step.track for step in steps) == sorted(begun)


@lively
@given(life=lives())
def test_instants_they_do_not_go_back_within_what_one_command_brings_about(life: AnyLife) -> None:
    for facts in life.accepted:
        assert all(earlier <= later for earlier, later in pairwise(_instants(facts)))


def _instants(facts: tuple[f.Fact, ...]) -> list[datetime]:
    """When the facts happened; a booking tells when people will meet instead."""
    return [one.at for one in facts if hasattr(one, "at") and not isinstance(one, f.Booked)]


@pytest.mark.parametrize("code", ["IN-DX-EXP-001", "VENTAS-DIGITALES", "PPT-SC-002"])
def test_lives_they_reach_most_steps_of_a_published_procedure(code: str) -> None:
    """The promises above say little if a case never gets anywhere."""
    procedure = published()[code]

    reached = {step for seed in range(120) for step in _entered(live(procedure, Random(seed)))}

    assert len(reached) > len(procedure.steps) * 0.6


def _entered(life: AnyLife) -> Iterator[str]:
    for fact in (fact for facts in life.accepted for fact in facts):
        if isinstance(fact, f.StepEntered):
            yield fact.step
