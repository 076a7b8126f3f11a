"""Deadlines: events that never happen, alarms outside of their time, promises that differ."""

from collections.abc import Iterable, Iterator, Mapping

from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.check.flow import written_fields
from ventanilla.core.definition.check.graph import Graph
from ventanilla.core.definition.check.parts import all_sends
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.check.titles import plain
from ventanilla.core.definition.model import (
    MAIN_TRACK,
    Deadline,
    Event,
    EventKind,
    Pack,
    Procedure,
    Side,
)
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Code, Problems

_MINUTES: Mapping[Unit, int] = {
    Unit.MINUTE: 1,
    Unit.HOUR: 60,
    Unit.DAY: 24 * 60,
    Unit.WEEK: 7 * 24 * 60,
}
_BUSINESS_MINUTES: Mapping[Unit, int] = {Unit.BUSINESS_MINUTE: 1, Unit.BUSINESS_HOUR: 60}


def check_times(graph: Graph, places: Places, problems: Problems) -> None:
    """Tell triggers on events that never happen, and alarms before their deadline begins."""
    procedure = graph.procedure
    happening = _happening(graph)
    for name, deadline in procedure.deadlines.items():
        if deadline.step is not None:
            continue
        starts = [trigger.on for trigger in deadline.starts]
        _check_events(starts, happening, places, ("deadlines", name, "from"), problems)
        drops = [trigger.on for trigger in deadline.drops]
        _check_events(drops, happening, places, ("deadlines", name, "cancel"), problems)
        stops = [trigger.on for trigger in deadline.stops]
        if stops and not happening.intersection(stops):
            mark = places.at("deadlines", name, "until")
            problems.add(Code.DEADLINE_NEVER_STOPS, mark, name=name)
        _check_alarms(deadline, places, problems)
    for name, track in procedure.tracks.items():
        if name != MAIN_TRACK:
            starts = [trigger.on for trigger in track.starts]
            _check_events(starts, happening, places, ("tracks", name, "from"), problems)
    for name, schedule in procedure.schedules.items():
        starts = [trigger.on for trigger in schedule.starts]
        _check_events(starts, happening, places, ("schedules", name, "from"), problems)
    for number, rule in enumerate(procedure.rules):
        _check_events([rule.on.on], happening, places, ("rules", number, "on"), problems)


def _check_events(
    events: Iterable[Event],
    happening: frozenset[Event],
    places: Places,
    path: tuple[str | int, ...],
    problems: Problems,
) -> None:
    for event in events:
        if event not in happening:
            words = f"{event.kind} {event.subject}".strip()
            problems.add(Code.EVENT_NEVER, places.at(*path), event=words)


def _happening(graph: Graph) -> frozenset[Event]:
    """Every event that the procedure can bring about."""
    procedure = graph.procedure
    found = {
        Event(EventKind.OPENED),
        Event(EventKind.RECEIVED),
        Event(EventKind.CLOSED),
        Event(EventKind.REOPENED),
    }
    for name in graph.reached_from(graph.starts()):
        found |= {Event(EventKind.ENTERED, name), Event(EventKind.DONE, name)}
        if procedure.steps[name].approve is not None:
            found.add(Event(EventKind.RETURNED, name))
        if procedure.steps[name].check is not None:
            found |= {Event(EventKind.ANSWERED, name), Event(EventKind.UNANSWERED, name)}
    found |= {Event(EventKind.CLOSED, one.procedure) for one in procedure.openings.values()}
    found |= {Event(EventKind.SENT, send.message) for send in all_sends(procedure)}
    found |= {Event(EventKind.SET, name) for name in written_fields(procedure)}
    found |= {Event(EventKind.ACTED, name) for name in procedure.actions}
    found |= {Event(EventKind.ENTRY, code) for code in _codes(procedure)}
    for name, deadline in procedure.deadlines.items():
        found |= {Event(EventKind.LATE, name), Event(EventKind.MET, name)}
        found |= {Event(EventKind.ALARM, f"{name}.{alarm.name}") for alarm in deadline.alarms}
    return frozenset(found.union(_timely(procedure, found)))


_FROM_A_DATE = (EventKind.BOOKED, EventKind.MOVED, EventKind.CALLED_OFF)
_FROM_A_MEETING = (EventKind.KEPT, EventKind.MISSED)


def _timely(procedure: Procedure, happening: set[Event]) -> Iterator[Event]:
    """What can come of schedules that begin, of checklists, and of appointments with a date."""
    for name, schedule in procedure.schedules.items():
        if any(trigger.on in happening for trigger in schedule.starts):
            yield Event(EventKind.REPEATED, name)
        if schedule.opt_out is not None:
            yield Event(EventKind.OPTED_OUT, name)
    yield from (Event(EventKind.COMPLETE, name) for name in procedure.checklists)
    for name, appointment in procedure.appointments.items():
        if Event(EventKind.SET, appointment.at) in happening:
            yield from (Event(kind, name) for kind in (*_FROM_A_DATE, *_FROM_A_MEETING))


def _codes(procedure: Procedure) -> Iterator[str]:
    """The codes that some action can note."""
    for action in procedure.actions.values():
        if action.entry is not None:
            yield from (row.code for row in procedure.catalogues[action.entry.catalogue].rows)


def _check_alarms(deadline: Deadline, places: Places, problems: Problems) -> None:
    if deadline.since is not None:
        return  # the limit lies where the data say: nobody knows yet how far away
    for number, alarm in enumerate(deadline.alarms):
        if alarm.side is not Side.BEFORE or alarm.span is None:
            continue
        if _longer(alarm.span, deadline.within):
            problems.add(
                Code.ALARM_OUTSIDE,
                places.at("deadlines", deadline.name, "alarms", number),
                name=alarm.name,
                within=str(deadline.within),
            )


def _longer(one: Span, other: Span) -> bool:
    """Whether a span is surely longer than another; spans of different nature are not compared."""
    if one.unit is other.unit:
        return one.amount > other.amount
    for minutes in (_MINUTES, _BUSINESS_MINUTES):
        if one.unit in minutes and other.unit in minutes:
            return one.amount * minutes[one.unit] > other.amount * minutes[other.unit]
    return False


def check_promises(pack: Pack, places: Mapping[str, Places], problems: Problems) -> None:
    """Tell activities of one name that are promised in different times."""
    first: dict[str, tuple[str, Deadline]] = {}
    for code, procedure in pack.procedures.items():
        for deadline in procedure.deadlines.values():
            title = plain(deadline.title)
            if title not in first:
                first[title] = (code, deadline)
                continue
            other, theirs = first[title]
            if not _same_time(deadline.within, theirs.within):
                problems.add(
                    Code.TIMES_DIFFER,
                    _mark(procedure, deadline, places[code]),
                    title=deadline.title,
                    within=str(deadline.within),
                    other=other,
                    theirs=str(theirs.within),
                )


def _mark(procedure: Procedure, deadline: Deadline, places: Places) -> Mark:
    if deadline.step is not None:
        return places.step(procedure.steps[deadline.step], "within")
    return places.at("deadlines", deadline.name, "within")


def _same_time(one: Span, other: Span) -> bool:
    return one == other or (
        one.unit in _MINUTES
        and other.unit in _MINUTES
        and one.amount * _MINUTES[one.unit] == other.amount * _MINUTES[other.unit]
    )
