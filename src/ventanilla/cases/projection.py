"""From facts to the rows that people and workers query. Pure: rows are only described here."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ventanilla.core.definition.model import Procedure, Step
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.sheets import owed_by
from ventanilla.core.engine.state import Outcome, State, visit_key

PartyFact = f.PartyLinked | f.PartyRecorded | f.Entrusted | f.ActivityCounted
"""What is written to the registry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A task that begins. ``status`` is not open when the same command also ended it."""

    key: str
    step: str
    title: str
    role: str
    office: str
    assignee: str
    opened_at: datetime
    due_at: datetime | None
    status: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow:
    name: str
    title: str
    started_at: datetime
    due_at: datetime | None
    status: str = "running"
    ended_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Rows:
    """What has to be written besides the entry and the case."""

    tasks: dict[str, TaskRow] = field(default_factory=dict)
    ended_tasks: dict[str, str] = field(default_factory=dict)
    reassigned: dict[str, str] = field(default_factory=dict)
    redated: dict[str, datetime | None] = field(default_factory=dict)
    clocks: list[ClockRow] = field(default_factory=list)
    ended_clocks: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    late_clocks: list[str] = field(default_factory=list)
    redated_clocks: dict[str, datetime | None] = field(default_factory=dict)
    messages: list[f.MessageOwed] = field(default_factory=list)
    parties: list[PartyFact] = field(default_factory=list)


_CLOCK_STATUS = {
    Outcome.MET: "met",
    Outcome.MET_LATE: "met_late",
    Outcome.DROPPED: "dropped",
}


def project(procedure: Procedure, before: State, after: State, facts: Iterable[f.Fact]) -> Rows:
    """Describe the rows that the facts of one command mean."""
    rows = Rows()
    for fact in facts:
        describe = _DESCRIBED.get(type(fact))
        if describe is not None:
            describe(rows, procedure, after, fact)
    _redate(rows, procedure, before, after)
    return rows


def due_of(procedure: Procedure, state: State, step: str) -> datetime | None:
    """When a task is due: by its own limit, or else by the soonest limit of the whole case."""
    own = [
        clock.due_at
        for name, clock in state.running.items()
        if _step_of(procedure, name) == step and clock.due_at is not None
    ]
    return min(own, default=None) or soonest(procedure, state)


def _step_of(procedure: Procedure, deadline: str) -> str | None:
    """The step whose own limit it is; a limit of an earlier version is of the whole case."""
    known = procedure.deadlines.get(deadline)
    return known.step if known is not None else None


def soonest(procedure: Procedure, state: State) -> datetime | None:
    """The soonest limit of the case that is no single step's."""
    return min(
        (
            clock.due_at
            for name, clock in state.running.items()
            if _step_of(procedure, name) is None and clock.due_at is not None
        ),
        default=None,
    )


def _enter(rows: Rows, procedure: Procedure, after: State, fact: f.StepEntered) -> None:
    step = procedure.steps[fact.step]
    who = owed_by(step, after)
    if who is None or fact.asks:
        return
    key = visit_key(fact.step, fact.visit)
    rows.tasks[key] = TaskRow(
        key=key,
        step=step.name,
        title=step.title,
        role=who.role,
        office=after.office,
        assignee=fact.assignee,
        opened_at=fact.at,
        due_at=due_of(procedure, after, step.name),
    )


def _end_task(rows: Rows, procedure: Procedure, step: str, visit: int, status: str) -> None:
    if procedure.steps[step].who is None:
        return
    key = visit_key(step, visit)
    if key in rows.tasks:
        rows.tasks[key] = replace(rows.tasks[key], status=status)
    else:
        rows.ended_tasks[key] = status


def _assign(rows: Rows, fact: f.Assigned) -> None:
    key = visit_key(fact.step, fact.visit)
    if key in rows.tasks:
        rows.tasks[key] = replace(rows.tasks[key], assignee=fact.assignee)
    else:
        rows.reassigned[key] = fact.assignee


def _start_clock(rows: Rows, procedure: Procedure, fact: f.DeadlineStarted) -> None:
    title = procedure.deadlines[fact.name].title
    rows.clocks.append(
        ClockRow(name=fact.name, title=title, started_at=fact.started_at, due_at=fact.due_at)
    )


def _redate_clock(rows: Rows, name: str, due_at: datetime | None) -> None:
    """A clock that stands has no limit, and is not late; one that goes on has another."""
    for index, clock in enumerate(rows.clocks):
        if clock.name == name and clock.ended_at is None:
            rows.clocks[index] = replace(clock, due_at=due_at, status="running")
            return
    rows.redated_clocks[name] = due_at
    if name in rows.late_clocks:
        rows.late_clocks.remove(name)


def _clock_late(rows: Rows, name: str) -> None:
    for index, clock in enumerate(rows.clocks):
        if clock.name == name and clock.ended_at is None:
            rows.clocks[index] = replace(clock, status="late")
            return
    rows.late_clocks.append(name)


def _end_clock(rows: Rows, fact: f.DeadlineEnded) -> None:
    status = _CLOCK_STATUS[fact.outcome]
    for index, clock in enumerate(rows.clocks):
        if clock.name == fact.name and clock.ended_at is None:
            rows.clocks[index] = replace(clock, status=status, ended_at=fact.at)
            return
    rows.ended_clocks[fact.name] = (status, fact.at)


def _redate(rows: Rows, procedure: Procedure, before: State, after: State) -> None:
    """Tasks that were open before and still are may be due at another instant now."""
    if before.running == after.running:
        return
    for key, active in after.active.items():
        step: Step = procedure.steps[active.step]
        if step.who is None or key not in before.active:
            continue
        was, now = (due_of(procedure, state, step.name) for state in (before, after))
        if was != now:
            rows.redated[key] = now


_Described = Callable[[Rows, Procedure, State, Any], None]

_DESCRIBED: Mapping[type[Any], _Described] = {
    f.StepEntered: _enter,
    f.StepDone: lambda rows, procedure, _, fact: _end_task(
        rows, procedure, fact.step, fact.visit, "done"
    ),
    f.Signed: lambda rows, procedure, _, fact: _end_task(
        rows, procedure, fact.step, fact.visit, "done"
    ),
    f.SentBack: lambda rows, procedure, _, fact: _end_task(
        rows, procedure, fact.step, fact.visit, "done"
    ),
    f.StepLeft: lambda rows, procedure, _, fact: _end_task(
        rows, procedure, fact.step, fact.visit, "left"
    ),
    f.Assigned: lambda rows, _procedure, _, fact: _assign(rows, fact),
    f.DeadlineStarted: lambda rows, procedure, _, fact: _start_clock(rows, procedure, fact),
    f.DeadlineStopped: lambda rows, _procedure, _, fact: _redate_clock(rows, fact.name, None),
    f.DeadlineResumed: lambda rows, _procedure, _, fact: _redate_clock(
        rows, fact.name, fact.due_at
    ),
    f.DeadlineExtended: lambda rows, _procedure, _, fact: _redate_clock(
        rows, fact.name, fact.due_at
    ),
    f.DeadlineRecounted: lambda rows, _procedure, _, fact: _redate_clock(
        rows, fact.name, fact.due_at
    ),
    f.DeadlineLate: lambda rows, _procedure, _, fact: _clock_late(rows, fact.name),
    f.DeadlineEnded: lambda rows, _procedure, _, fact: _end_clock(rows, fact),
    f.MessageOwed: lambda rows, _procedure, _, fact: rows.messages.append(fact),
    f.PartyLinked: lambda rows, _procedure, _, fact: rows.parties.append(fact),
    f.PartyRecorded: lambda rows, _procedure, _, fact: rows.parties.append(fact),
    f.Entrusted: lambda rows, _procedure, _, fact: rows.parties.append(fact),
    f.ActivityCounted: lambda rows, _procedure, _, fact: rows.parties.append(fact),
}
"""What each kind of fact means for the rows; the others mean nothing for them."""
