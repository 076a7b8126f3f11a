"""Deadlines and waits as instants: when clocks start, what their alarms are, when waits wake."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from ventanilla.core.businesstime import (
    RULES,
    BeyondHorizon,
    Calendar,
    CountingRule,
    Explanation,
    Pause,
    Span,
    before,
    due,
    explain,
    extended,
    joined,
    share_of,
)
from ventanilla.core.definition.model import Alarm, Check, Deadline, Procedure, Remind, Side, Wait
from ventanilla.core.engine.facts import DeadlineStarted
from ventanilla.core.engine.state import AlarmAt, Running, Settled, Wake, WakeKind


def start(
    procedure: Procedure,
    deadline: Deadline,
    office: str,
    at: datetime,
    since: datetime | None,
    term: Span | None = None,
) -> DeadlineStarted:
    """Start a deadline's clock: counted from an instant given, or from now (``at``).

    ``term`` is the time given when it is not that of the procedure. Past the calendar's horizon
    the limit is unknown. An alarm whose instant has gone by goes off now, never in the past.
    """
    calendar = calendar_of(procedure, office, deadline.calendar)
    begun = since or at
    given = term or deadline.within
    limit = _instant(due(calendar, begun, given, rule_of(deadline)))
    alarms = () if limit is None else _alarms(calendar, deadline, given, begun, limit, at)
    return DeadlineStarted(
        name=deadline.name, started_at=begun, due_at=limit, alarms=alarms, term=term
    )


def again(
    procedure: Procedure, deadline: Deadline, office: str, clock: Running, at: datetime
) -> tuple[datetime | None, tuple[AlarmAt, ...]]:
    """Count a clock again, with its pauses and extensions: its limit, and the alarms still to come.

    While it stands it has no limit, and the alarms wait as they are.
    """
    if clock.stands:
        return None, clock.alarms
    calendar = calendar_of(procedure, office, deadline.calendar)
    begun, pauses, given = clock.started_at, clock.pauses, term_of(deadline, clock)
    limit = _instant(
        extended(calendar, begun, given, clock.extensions, rule_of(deadline), pauses=pauses)
    )
    if limit is None:
        return None, ()
    left = {alarm.name for alarm in clock.alarms}
    alarms = _alarms(calendar, deadline, given, begun, limit, at, pauses)
    return limit, tuple(alarm for alarm in alarms if alarm.name in left)


def term_of(deadline: Deadline, clock: Running | Settled) -> Span:
    """The time that was given when the clock started."""
    return clock.term or deadline.within


def earliest(
    procedure: Procedure, deadline: Deadline, office: str, clock: Running | Settled
) -> datetime | None:
    """From when on it is promised, if it is; nothing while the clock stands."""
    standing = isinstance(clock, Running) and clock.stands
    if deadline.earliest is None or standing:
        return None
    calendar = calendar_of(procedure, office, deadline.calendar)
    rule = rule_of(deadline)
    return _instant(due(calendar, clock.started_at, deadline.earliest, rule, pauses=clock.pauses))


def rule_of(deadline: Deadline) -> CountingRule | None:
    return RULES[deadline.rule] if deadline.rule else None


def explained(
    procedure: Procedure, deadline: Deadline, office: str, clock: Running | Settled
) -> tuple[Explanation | BeyondHorizon, ...]:
    """How a limit was counted: the term, then each extension in a unit of its own."""
    calendar = calendar_of(procedure, office, deadline.calendar)
    begun, found = clock.started_at, list[Explanation | BeyondHorizon]()
    for span in joined(term_of(deadline, clock), clock.extensions):
        one = explain(calendar, begun, span, rule_of(deadline), clock.pauses)
        found.append(one)
        if isinstance(one, BeyondHorizon):
            break
        begun = one.due
    return tuple(found)


def calendar_of(procedure: Procedure, office: str, name: str | None) -> Calendar:
    """The calendar a limit is counted on: the one it names, or that of the office that owes it."""
    return procedure.calendars[name or procedure.offices[office].calendar]


def wakes(
    calendar: Calendar, wait: Wait, since: datetime, until: datetime | None
) -> tuple[Wake, ...]:
    """What will happen by itself to a step that begins to wait."""
    found = []
    if wait.remind is not None:
        found.append(_wake(WakeKind.REMIND, calendar, since, wait.remind.after))
    if wait.give_up is not None:
        found.append(_wake(WakeKind.GIVE_UP, calendar, since, wait.give_up.after))
    if until is not None:
        found.append(Wake(WakeKind.DATE, max(until, since)))
    return tuple(wake for wake in found if wake is not None)


def patience(calendar: Calendar, check: Check, since: datetime) -> tuple[Wake, ...]:
    """When a connector has had its time."""
    found = _wake(WakeKind.GIVE_UP, calendar, since, check.within)
    return (found,) if found is not None else ()


def wakes_after_reminder(
    calendar: Calendar, remind: Remind, reminded: int, now: datetime, left: tuple[Wake, ...]
) -> tuple[Wake, ...]:
    """What a step still waits for once it has reminded the party ``reminded`` times."""
    kept = tuple(wake for wake in left if wake.kind is not WakeKind.REMIND)
    if reminded >= remind.times:
        return kept
    again = _wake(WakeKind.REMIND, calendar, now, remind.after)
    return kept if again is None else (again, *kept)


def _wake(kind: WakeKind, calendar: Calendar, since: datetime, after: Span) -> Wake | None:
    at = _instant(due(calendar, since, after))
    return None if at is None else Wake(kind, at)


def _alarms(
    calendar: Calendar,
    deadline: Deadline,
    given: Span,
    started: datetime,
    limit: datetime,
    now: datetime,
    pauses: tuple[Pause, ...] = (),
) -> tuple[AlarmAt, ...]:
    """The instants of all alarms, none before now; a share is one of the time that was given."""

    def instant_of_alarm(alarm: Alarm) -> datetime | None:
        rule = rule_of(deadline)
        if alarm.side is Side.SHARE or alarm.span is None:
            share = share_of(calendar, started, given.unit, limit, alarm.percent, pauses=pauses)
            return _instant(share)
        if alarm.side is Side.AFTER:
            return _instant(due(calendar, limit, alarm.span, rule))
        return _instant(before(calendar, limit, alarm.span, rule))

    instants = [(alarm, instant_of_alarm(alarm)) for alarm in deadline.alarms]
    found = [AlarmAt(name=alarm.name, at=max(at, now)) for alarm, at in instants if at is not None]
    return tuple(sorted(found, key=lambda alarm: (alarm.at, alarm.name)))


def _instant(found: datetime | BeyondHorizon) -> datetime | None:
    return None if isinstance(found, BeyondHorizon) else found


def instant_of(calendar: Calendar, value: object) -> datetime | None:
    """The instant a date stands for: its first minute in the calendar's zone."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time.min, tzinfo=ZoneInfo(calendar.zone)).astimezone(UTC)
    return None
