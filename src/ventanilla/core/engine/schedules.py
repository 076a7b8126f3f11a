"""What repeats: when its next time is, what happens then, and how it ends."""

from collections.abc import Iterator
from datetime import datetime

from ventanilla.core.businesstime import (
    LARGEST_AMOUNT,
    BeyondHorizon,
    Calendar,
    Span,
    due,
    next_opening,
)
from ventanilla.core.definition.expressions import Scope
from ventanilla.core.definition.model import Procedure, Schedule
from ventanilla.core.engine import clocks
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.state import State
from ventanilla.core.engine.timely_state import Beat, Repeating


def first_beat(
    procedure: Procedure, schedule: Schedule, state: State, scope: Scope, since: datetime
) -> Beat:
    """When a schedule that begins at an instant comes first; never before it."""
    calendar = clocks.calendar_of(procedure, state.office, None)
    at: datetime | None
    if schedule.first_at is not None:
        given = clocks.instant_of(calendar, schedule.first_at.evaluate(scope))
        at = None if given is None else max(given, since)
    elif schedule.first is not None:
        at = _plus(calendar, since, schedule.first)
    else:
        at = _plus(calendar, since, interval(schedule, scope))
        if schedule.every is not None:
            opened = _opened(calendar, schedule, at)
            return Beat(anchor_at=since, turns=1, nominal_at=at, next_at=opened)
    return Beat(anchor_at=at or since, nominal_at=at, next_at=_opened(calendar, schedule, at))


def following_beat(
    procedure: Procedure, schedule: Schedule, state: State, scope: Scope, beat: Beat
) -> Beat:
    """The next time after one that has come.

    A fixed interval is always counted from where the first was, so that the last day of a month
    stays one; an interval that a field gives is counted from the time before.
    """
    calendar = clocks.calendar_of(procedure, state.office, None)
    span = interval(schedule, scope)
    if schedule.every is not None and beat.anchor_at is not None:
        anchor: datetime | None = beat.anchor_at
        turns = beat.turns + 1
        nominal = _plus(calendar, anchor, _times(span, turns))
    else:
        anchor, turns = beat.nominal_at or beat.anchor_at, 0
        nominal = _plus(calendar, anchor, span)
    return Beat(
        anchor_at=anchor,
        turns=turns,
        nominal_at=nominal,
        next_at=_opened(calendar, schedule, nominal),
    )


def interval(schedule: Schedule, scope: Scope) -> Span | None:
    """How long it is from one time to the next; none while nobody has said."""
    if schedule.every is not None:
        return schedule.every
    value = scope.get(schedule.every_field or "")
    return value if isinstance(value, Span) and value.amount else None


def _times(span: Span | None, turns: int) -> Span | None:
    if span is None or span.amount * turns > LARGEST_AMOUNT:
        return None
    return Span(amount=span.amount * turns, unit=span.unit)


def _plus(calendar: Calendar, since: datetime | None, span: Span | None) -> datetime | None:
    if since is None or span is None:
        return None
    found = due(calendar, since, span)
    return None if isinstance(found, BeyondHorizon) else found


def _opened(calendar: Calendar, schedule: Schedule, at: datetime | None) -> datetime | None:
    if at is None or not schedule.office_hours:
        return at
    found = next_opening(calendar, at)
    return None if isinstance(found, BeyondHorizon) else found


def moved_beats(
    procedure: Procedure, state: State, scope: Scope, changed: frozenset[str], at: datetime
) -> Iterator[f.ScheduleMoved]:
    """The schedules whose next time is another because of data that changed."""
    for name, running in state.schedules.items():
        schedule = procedure.schedules[name]
        beat = _moved(procedure, schedule, state, scope, changed, running)
        if beat is not None and beat != running.beat:
            yield f.ScheduleMoved(name=name, beat=_not_before(beat, at))


def _moved(
    procedure: Procedure,
    schedule: Schedule,
    state: State,
    scope: Scope,
    changed: frozenset[str],
    running: Repeating,
) -> Beat | None:
    first = schedule.first_at.names if schedule.first_at is not None else frozenset()
    if not running.done and changed & first:
        return first_beat(procedure, schedule, state, scope, running.started_at)
    if schedule.every_field not in changed:
        return None
    if not running.done:
        return first_beat(procedure, schedule, state, scope, running.started_at)
    last = running.beat.anchor_at
    beat = Beat(anchor_at=None, nominal_at=last)
    return following_beat(procedure, schedule, state, scope, beat)


def _not_before(beat: Beat, at: datetime) -> Beat:
    """What would have come by now under the new data comes now, once."""
    if beat.next_at is None or beat.next_at >= at:
        return beat
    return Beat(anchor_at=at, turns=0, nominal_at=at, next_at=at)
