"""Step times that cannot fit into the deadline that spans them, on the worst day to begin."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from heapq import heappop, heappush

from ventanilla.core.businesstime import RULES, BeyondHorizon, Calendar, Span, Unit, due
from ventanilla.core.definition.check.graph import Graph
from ventanilla.core.definition.check.parts import step_sends
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.model import (
    MAIN_TRACK,
    Deadline,
    Event,
    EventKind,
    Procedure,
    Step,
)
from ventanilla.core.definition.problems import Code, Problems

YEAR = 366
HOUR = time(16, 30)
"""When the clocks are begun on each day of a year: shortly before offices close."""

_ROUGHLY: Mapping[Unit, int] = {
    Unit.MINUTE: 1,
    Unit.HOUR: 60,
    Unit.DAY: 1440,
    Unit.WEEK: 7 * 1440,
    Unit.MONTH: 30 * 1440,
    Unit.QUARTER: 91 * 1440,
    Unit.YEAR: 365 * 1440,
    Unit.BUSINESS_MINUTE: 3,
    Unit.BUSINESS_HOUR: 180,
    Unit.BUSINESS_DAY: 1440,
}
"""Minutes by which the shortest way is chosen; the calendar then judges it."""


def check_fitting(graph: Graph, places: Places, problems: Problems) -> None:
    """Tell deadlines that are missed although every step on the shortest way keeps its own."""
    procedure = graph.procedure
    for name, deadline in procedure.deadlines.items():
        if deadline.step is not None or deadline.since is not None:
            continue
        way = _shortest(graph, deadline)
        if not way:
            continue
        worst = _worst(procedure, deadline, [procedure.deadlines[step] for step in way])
        if worst is not None:
            problems.add(
                Code.STEPS_DO_NOT_FIT,
                places.at("deadlines", name, "within"),
                name=deadline.title,
                within=str(deadline.within),
                names=", ".join(way),
                on=worst,
            )


def _shortest(graph: Graph, deadline: Deadline) -> tuple[str, ...]:
    """The steps with a limit on the quickest way from where the clock begins to where it ends."""
    procedure = graph.procedure
    begins = [one for trigger in deadline.starts for one in _begin(graph, trigger.on)]
    ends = {one for trigger in deadline.stops for one in _end(graph, trigger.on)}
    queue: list[tuple[int, tuple[str, ...]]] = [
        (_cost(procedure, name), (name,)) for name in sorted(begins)
    ]
    seen: set[str] = set()
    while queue:
        cost, way = heappop(queue)
        if way[-1] in seen:
            continue
        seen.add(way[-1])
        if way[-1] in ends:
            return tuple(name for name in way if _cost(procedure, name))
        for name in graph.after(way[-1]):
            if name not in seen:
                heappush(queue, (cost + _cost(procedure, name), (*way, name)))
    return ()


def _cost(procedure: Procedure, name: str) -> int:
    deadline = procedure.deadlines.get(name)
    if deadline is None or deadline.step != name or procedure.steps[name].skip_if is not None:
        return 0
    return deadline.within.amount * _ROUGHLY[deadline.within.unit]


def _begin(graph: Graph, event: Event) -> Iterable[str]:
    """The steps that come first once the clock has begun."""
    procedure = graph.procedure
    match event.kind:
        case EventKind.OPENED:
            return (procedure.tracks[MAIN_TRACK].first,)
        case EventKind.ENTERED:
            return (event.subject,)
        case EventKind.DONE:
            return graph.after(event.subject)
        case EventKind.SENT:
            return tuple(
                after
                for name, step in procedure.steps.items()
                if _sends(step, event.subject)
                for after in graph.after(name)
            )
        case _:
            return ()


def _end(graph: Graph, event: Event) -> Iterator[str]:
    """The steps by whose completion the clock ends."""
    for name, step in graph.procedure.steps.items():
        if step.track != MAIN_TRACK:
            continue
        done = event.kind is EventKind.DONE and event.subject == name
        closed = event.kind is EventKind.CLOSED and graph.can_end_at(name)
        sent = event.kind is EventKind.SENT and _sends(step, event.subject)
        if done or closed or sent:
            yield name


def _sends(step: Step, message: str) -> bool:
    return any(send.message == message for send in step_sends(step))


def _worst(procedure: Procedure, deadline: Deadline, steps: list[Deadline]) -> str | None:
    """The first day of the year on which the steps' limits do not fit; None if they always do."""
    calendar = _calendar(procedure, deadline)
    if _surely_fits(deadline, steps):
        return None
    for begun in _starts(procedure, calendar):
        limit = _due(calendar, begun, deadline.within, deadline.rule)
        at: datetime | None = begun
        for one in steps:
            at = _due(_calendar(procedure, one), at, one.within, one.rule) if at else None
        if limit is not None and at is not None and at > limit:
            return begun.astimezone(calendar.timeline.zone).date().isoformat()
    return None


def _surely_fits(deadline: Deadline, steps: list[Deadline]) -> bool:
    """Whether one unit counts all of them, and their sum is within."""
    units = {one.within.unit for one in (deadline, *steps)}
    return len(units) == 1 and sum(one.within.amount for one in steps) <= deadline.within.amount


def _starts(procedure: Procedure, calendar: Calendar) -> Iterator[datetime]:
    """Once on each day of the first year in which the procedure is in force."""
    first = max(procedure.effective or calendar.first, calendar.first)
    for number in range(min(YEAR, (calendar.last - first).days)):
        day = first + timedelta(days=number)
        yield datetime.combine(day, HOUR, calendar.timeline.zone).astimezone(UTC)


def _due(calendar: Calendar, begun: datetime, span: Span, rule: str | None) -> datetime | None:
    found = due(calendar, begun, span, RULES[rule] if rule is not None else None)
    return None if isinstance(found, BeyondHorizon) else found


def _calendar(procedure: Procedure, deadline: Deadline) -> Calendar:
    first = next(iter(procedure.offices.values()))
    return procedure.calendars[deadline.calendar or first.calendar]
