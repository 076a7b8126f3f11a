"""The engine's promises, each under any sequence of commands, sensible or not."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from json import dumps, loads
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.core.engine.builders import MONDAY_TEN
from tests.core.engine.rich import JUMPS, RICH, commands, performers
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.codec import read_facts, write_facts
from ventanilla.core.engine.commands import (
    SYSTEM,
    Accepted,
    Command,
    Decision,
    Performer,
    Refused,
    Tick,
)
from ventanilla.core.engine.decide import decide
from ventanilla.core.engine.evolve import evolve, fold
from ventanilla.core.engine.state import (
    NEW,
    Outcome,
    Running,
    Settled,
    State,
    Status,
    TrackStatus,
    next_wake,
)
from ventanilla.core.engine.state_codec import read_state, write_state

MOST = 14
patient = [HealthCheck.too_slow, HealthCheck.data_too_large]
share = settings.default.max_examples if settings.default else 100
lively = settings(max_examples=max(1, share * 2 // 5), suppress_health_check=patient)


@dataclass(slots=True)
class Life:
    """A case under whatever commands come, with the facts of every accepted one."""

    now: datetime = MONDAY_TEN
    state: State = NEW
    entries: list[tuple[f.Fact, ...]] = field(default_factory=list)

    def tell(self, command: Command, by: Performer = SYSTEM) -> Decision:
        decision = decide(RICH, self.state, command, now=self.now, by=by)
        if isinstance(decision, Accepted):
            self.entries.append(decision.facts)
            self.state = fold(self.state, decision.facts)
            assert decision.state == self.state, "the state told is the fold of the facts told"
        return decision

    @property
    def facts(self) -> tuple[f.Fact, ...]:
        return tuple(fact for entry in self.entries for fact in entry)


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A case after some commands."""
    life = Life()
    for _ in range(draw(st.integers(1, MOST))):
        life.now += draw(st.sampled_from(JUMPS))
        command = draw(commands(life.state, life.now))
        life.tell(command, draw(performers(life.state, command)))
    return life


def through_json(value: Any) -> Any:
    return loads(dumps(value))


# --- the decider ----------------------------------------------------------------------------------


@lively
@given(life=lives(), data=st.data())
def test_decider_it_answers_any_command_always_the_same(life: Life, data: st.DataObject) -> None:
    command = data.draw(commands(life.state, life.now))
    by = data.draw(performers(life.state, command))

    once = decide(RICH, life.state, command, now=life.now, by=by)

    assert isinstance(once, Accepted | Refused)
    assert decide(RICH, life.state, command, now=life.now, by=by) == once


@lively
@given(life=lives(), data=st.data())
def test_decider_it_leaves_the_state_it_was_given_alone(life: Life, data: st.DataObject) -> None:
    written = dumps(write_state(RICH, life.state))
    command = data.draw(commands(life.state, life.now))

    decide(RICH, life.state, command, now=life.now, by=SYSTEM)

    assert dumps(write_state(RICH, life.state)) == written


# --- replay ---------------------------------------------------------------------------------------


@lively
@given(life=lives())
def test_journal_replayed_it_gives_the_state_with_saving_and_loading_between_any_two_facts(
    life: Life,
) -> None:
    state = NEW
    for entry in life.entries:
        written, personal = through_json(write_facts(RICH, entry))
        for fact in read_facts(RICH, written, personal):
            state = read_state(RICH, through_json(write_state(RICH, evolve(state, fact))))

    assert state == life.state


@lively
@given(life=lives())
def test_facts_written_and_read_they_are_the_same(life: Life) -> None:
    for entry in life.entries:
        written, personal = through_json(write_facts(RICH, entry))

        assert read_facts(RICH, written, personal) == entry


@lively
@given(life=lives(), data=st.data())
def test_journal_with_personal_values_erased_it_replays_to_the_same_course(
    life: Life, data: st.DataObject
) -> None:
    state = NEW
    for entry in life.entries:
        written, personal = through_json(write_facts(RICH, entry))
        left = [None if data.draw(st.booleans()) else value for value in personal]
        state = fold(state, read_facts(RICH, written, left))

    assert course(state) == course(life.state)
    assert read_state(RICH, through_json(write_state(RICH, state))) == state


@lively
@given(life=lives())
def test_journal_with_everything_erased_it_holds_nothing_that_was_personal(life: Life) -> None:
    state = NEW
    for entry in life.entries:
        written, personal = through_json(write_facts(RICH, entry))
        state = fold(state, read_facts(RICH, written, [None] * len(personal)))

    personal_fields = {name for name, of in RICH.fields.items() if of.personal}
    assert not [name for name in personal_fields if state.fields.get(name) is not None]
    assert (state.subject, state.sender.email, state.sender.name) == ("", "", "")
    if state.party is not None:
        assert set(state.party.attributes) <= {"name", "email", "city"}
        assert not state.party.attributes.get("name")


def course(state: State) -> tuple[Any, ...]:
    """What a case has come to, whoever it is about."""
    return (
        state.status,
        state.result,
        state.opened_at,
        state.closed_at,
        state.visits,
        state.active,
        state.tracks,
        {name: _without_words(clock) for name, clock in state.running.items()},
        {name: _without_words(clock) for name, clock in state.settled.items()},
        state.messages,
    )


def _without_words(clock: Running | Settled) -> Running | Settled:
    """A clock without the reasons for which it stood or was given time: they are personal."""
    pauses = tuple(replace(pause, reason="", source="") for pause in clock.pauses)
    extensions = tuple(replace(one, reason="", source="") for one in clock.extensions)
    return replace(clock, pauses=pauses, extensions=extensions)


# --- time -----------------------------------------------------------------------------------------


@lively
@given(life=lives())
def test_tick_it_does_nothing_the_second_time(life: Life) -> None:
    life.tell(Tick())

    again = life.tell(Tick())

    assert again == Accepted(facts=(), state=life.state) or life.state.status is Status.NEW
    wake = next_wake(life.state)
    assert wake is None or wake > life.now


@lively
@given(data=st.data())
def test_case_it_comes_to_the_same_however_often_a_worker_looked_at_it(
    data: st.DataObject,
) -> None:
    neglected, watched = Life(), Life()
    for _ in range(data.draw(st.integers(1, MOST))):
        now = neglected.now + data.draw(st.sampled_from(JUMPS))
        command = data.draw(commands(neglected.state, now))
        command = at_once(command, now)
        by = data.draw(performers(neglected.state, command))
        tick_at_every_wake(watched, now)
        neglected.now = watched.now = now

        one, other = neglected.tell(command, by), watched.tell(command, by)

        assert isinstance(one, Accepted) is isinstance(other, Accepted)
        if isinstance(one, Refused):
            assert one == other
    neglected.tell(Tick())
    tick_at_every_wake(watched, watched.now)

    assert watched.facts == neglected.facts
    assert watched.state == neglected.state


def at_once(command: Any, now: datetime) -> Command:
    """The command, written down when it happens."""
    told: Command = (
        replace(command, happened_at=now) if hasattr(command, "happened_at") else command
    )
    return told


def tick_at_every_wake(life: Life, until: datetime) -> None:
    while (at := next_wake(life.state)) is not None and at <= until:
        life.now = max(life.now, at)
        life.tell(Tick())


@lively
@given(data=st.data())
def test_instants_they_never_go_back_when_everything_is_written_down_at_once(
    data: st.DataObject,
) -> None:
    life = Life()
    for _ in range(data.draw(st.integers(1, MOST))):
        life.now += data.draw(st.sampled_from(JUMPS))
        command = data.draw(commands(life.state, life.now))
        life.tell(at_once(command, life.now))

    instants = [fact.at for fact in life.facts if hasattr(fact, "at")]
    assert all(earlier <= later for earlier, later in pairwise(instants))


@lively
@given(life=lives())
def test_visit_it_never_ends_before_it_begins(life: Life) -> None:
    begun = {(e.step, e.visit): e.at for e in life.facts if isinstance(e, f.StepEntered)}

    for fact in life.facts:
        if isinstance(fact, f.StepDone):
            assert fact.at >= begun[fact.step, fact.visit]


# --- what always holds, whatever happens ----------------------------------------------------------


class AnyCase(RuleBasedStateMachine):
    """Commands, time and restarts in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.life = Life()

    @rule(data=st.data())
    def somebody_wants_something(self, data: st.DataObject) -> None:
        command = data.draw(commands(self.life.state, self.life.now))
        self.life.tell(command, data.draw(performers(self.life.state, command)))

    @rule(passed=st.sampled_from(JUMPS))
    def time_passes(self, passed: timedelta) -> None:
        self.life.now += passed

    @rule()
    def the_worker_looks(self) -> None:
        self.life.tell(Tick())

    @rule()
    def the_process_restarts(self) -> None:
        self.life.state = read_state(RICH, through_json(write_state(RICH, self.life.state)))

    @invariant()
    def a_closed_case_has_nothing_left(self) -> None:
        state = self.life.state
        if state.status is Status.CLOSED:
            assert not state.active
            assert not state.running
            assert TrackStatus.BEGUN not in state.tracks.values()
            assert next_wake(state) is None

    @invariant()
    def an_open_case_stands_at_one_step_in_each_track_that_goes_on(self) -> None:
        state = self.life.state
        if state.status is not Status.OPEN:
            return
        begun = sorted(name for name, one in state.tracks.items() if one is TrackStatus.BEGUN)
        standing = sorted(RICH.steps[active.step].track for active in state.active.values())
        assert begun
        assert standing == begun

    @invariant()
    def a_settled_clock_is_late_exactly_when_it_ended_at_its_limit_or_after(self) -> None:
        for settled in self.life.state.settled.values():
            if settled.outcome is not Outcome.DROPPED:
                late = settled.due_at is not None and settled.ended_at >= settled.due_at
                assert settled.outcome is (Outcome.MET_LATE if late else Outcome.MET)

    @invariant()
    def messages_have_keys_of_their_own(self) -> None:
        keys = [fact.key for fact in self.life.facts if isinstance(fact, f.MessageOwed)]
        assert len(keys) == len(set(keys))


AnyCase.TestCase.settings = settings(
    stateful_step_count=25, max_examples=max(1, share // 4), suppress_health_check=patient
)
TestAnyCase = AnyCase.TestCase
