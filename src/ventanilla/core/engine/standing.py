"""Clocks that stand: while the case waits for the party, while suspended; and those extended.

Waiting is told by itself with the facts that begin and end it; suspension and extension are acts.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from ventanilla.core.businesstime import (
    Extension,
    ExtensionLimit,
    PauseKind,
    extension_refused,
)
from ventanilla.core.definition.model import Extend, Procedure, Suspend
from ventanilla.core.engine import clocks
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import RefusalCode, Refused
from ventanilla.core.engine.scope import Scope
from ventanilla.core.engine.state import Running, State, ended

WAITING = PauseKind.WAITING
SUSPENSION = PauseKind.SUSPENSION
Answer = f.Fact | Refused


def facts_after(
    procedure: Procedure, state: State, fact: f.Fact, at: datetime
) -> tuple[f.Fact, ...]:
    """What a fact means for the clocks that stand while the case waits."""
    follows = _FOLLOWS.get(type(fact))
    return () if follows is None else tuple(follows(procedure, state, fact, at))


def _step_begun(
    procedure: Procedure, state: State, fact: f.StepEntered, at: datetime
) -> Iterator[f.Fact]:
    for name, clock in state.running.items():
        if fact.step in procedure.deadlines[name].waits and _goes(clock, at):
            yield _waits(procedure, name, fact.step, max(at, clock.started_at))


def _clock_begun(
    procedure: Procedure, state: State, fact: f.DeadlineStarted, at: datetime
) -> Iterator[f.Fact]:
    waits = procedure.deadlines[fact.name].waits
    step = next((one.step for one in state.active.values() if one.step in waits), "")
    if step and _goes(state.running[fact.name], at):
        yield _waits(procedure, fact.name, step, max(at, fact.started_at))


def _step_ended(
    procedure: Procedure, state: State, _fact: f.Fact, at: datetime
) -> Iterator[f.Fact]:
    active = {one.step for one in state.active.values()}
    for name, clock in state.running.items():
        if clock.stands_by(WAITING) and active.isdisjoint(procedure.deadlines[name].waits):
            yield _resumed(procedure, state, name, WAITING, at)


def _goes(clock: Running, at: datetime) -> bool:
    """Whether the clock does not wait yet, and its limit has not passed."""
    passed = clock.late or (clock.due_at is not None and clock.due_at <= at)
    return not passed and not clock.stands_by(WAITING)


def _waits(procedure: Procedure, name: str, step: str, begins: datetime) -> f.Fact:
    title = procedure.steps[step].title
    return f.DeadlineStopped(name=name, kind=WAITING, begins=begins, reason=title)


def _resumed(
    procedure: Procedure, state: State, name: str, kind: PauseKind, at: datetime
) -> f.DeadlineResumed:
    clock = state.running[name]
    goes = replace(clock, pauses=ended(clock.pauses, kind, at))
    limit, alarms = clocks.again(procedure, procedure.deadlines[name], state.office, goes, at)
    return f.DeadlineResumed(name=name, kind=kind, ends=at, due_at=limit, alarms=alarms)


_FOLLOWS: Mapping[type[Any], Callable[[Procedure, State, Any, datetime], Iterator[f.Fact]]] = {
    f.StepEntered: _step_begun,
    f.DeadlineStarted: _clock_begun,
    f.StepDone: _step_ended,
    f.StepLeft: _step_ended,
    f.Signed: _step_ended,
    f.SentBack: _step_ended,
}


# --- acts ----------------------------------------------------------------------------------------


def suspended(
    procedure: Procedure, state: State, act: Suspend, scope: Scope, at: datetime
) -> Answer:
    """Suspend a clock from the date of effect; one whose limit had passed by then is not."""
    clock = state.running.get(act.deadline)
    calendar = clocks.calendar_of(
        procedure, state.office, procedure.deadlines[act.deadline].calendar
    )
    given = act.since.evaluate(scope) if act.since is not None else None
    begins = clocks.instant_of(calendar, given) or at
    if begins > at:
        return Refused(code=RefusalCode.IN_THE_FUTURE)
    if clock is None or (clock.due_at is not None and clock.due_at <= begins):
        return _refused(RefusalCode.CLOCK_NOT_RUNNING, act.deadline)
    if clock.stands_by(SUSPENSION):
        return _refused(RefusalCode.CLOCK_STANDS, act.deadline)
    return f.DeadlineStopped(
        name=act.deadline,
        kind=SUSPENSION,
        begins=max(begins, clock.started_at),
        reason=str(act.reason.evaluate(scope) or "") if act.reason is not None else "",
    )


def resumed(procedure: Procedure, state: State, deadline: str, at: datetime) -> Answer:
    """End the suspension of a clock."""
    clock = state.running.get(deadline)
    if clock is None or not clock.stands_by(SUSPENSION):
        return _refused(RefusalCode.CLOCK_GOES, deadline)
    return _resumed(procedure, state, deadline, SUSPENSION, at)


def prolonged(
    procedure: Procedure, state: State, act: Extend, scope: Scope, at: datetime
) -> Answer:
    """Give a clock more time, within what the procedure allows and before its limit has passed."""
    clock = state.running.get(act.deadline)
    if clock is None or clock.late or (clock.due_at is not None and clock.due_at <= at):
        return _refused(RefusalCode.CLOCK_NOT_RUNNING, act.deadline)
    deadline = procedure.deadlines[act.deadline]
    reason = str(act.reason.evaluate(scope) or "") if act.reason is not None else ""
    asked = Extension(span=act.by, reason=reason)
    allowed = ExtensionLimit(times=act.times, percent=act.percent)
    if (
        extension_refused(clocks.term_of(deadline, clock), clock.extensions, asked, allowed)
        is not None
    ):
        return _refused(RefusalCode.EXTENSION_LIMIT, act.deadline)
    longer = replace(clock, extensions=(*clock.extensions, asked))
    limit, alarms = clocks.again(procedure, deadline, state.office, longer, at)
    return f.DeadlineExtended(
        name=act.deadline, by=act.by, reason=reason, at=at, due_at=limit, alarms=alarms
    )


def _refused(code: RefusalCode, deadline: str) -> Refused:
    return Refused(code=code, params={"deadline": deadline})
