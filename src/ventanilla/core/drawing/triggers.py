"""Events in words: when a track begins, from when until when a limit runs, where it is met."""

from collections.abc import Iterator, Mapping

from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.model import (
    Deadline,
    Event,
    EventKind,
    Procedure,
    Step,
    Trigger,
)
from ventanilla.core.drawing import conditions
from ventanilla.core.drawing.graph import Limit, Mark
from ventanilla.core.drawing.wording import Wording

_ISO: Mapping[Unit, tuple[str, int, str]] = {
    Unit.MINUTE: ("PT", 1, "M"),
    Unit.HOUR: ("PT", 1, "H"),
    Unit.DAY: ("P", 1, "D"),
    Unit.WEEK: ("P", 7, "D"),
    Unit.MONTH: ("P", 1, "M"),
    Unit.QUARTER: ("P", 3, "M"),
    Unit.YEAR: ("P", 1, "Y"),
}
_OF_APPOINTMENTS = frozenset(
    {
        EventKind.BOOKED,
        EventKind.MOVED,
        EventKind.KEPT,
        EventKind.MISSED,
        EventKind.CALLED_OFF,
    }
)


def iso_period(span: Span) -> str:
    """The span in ISO 8601; business time has no such form and keeps its words."""
    form = _ISO.get(span.unit)
    if form is None:
        return str(span)
    head, factor, tail = form
    return f"{head}{span.amount * factor}{tail}"


def tell_triggers(procedure: Procedure, triggers: tuple[Trigger, ...], wording: Wording) -> str:
    """Several events as one phrase."""
    told = list(dict.fromkeys(_tell(procedure, trigger, wording) for trigger in triggers))
    if len(told) < 2:
        return "".join(told)
    return f"{', '.join(told[:-1])} {wording.any_of} {told[-1]}"


def tell_event(procedure: Procedure, event: Event, wording: Wording) -> str:
    """An event with the title of what it concerns."""
    if event.kind is EventKind.CLOSED and event.subject:
        return wording.other_closed.format(subject=event.subject)
    return wording.events[event.kind].format(subject=_subject(procedure, event))


def limits_of(procedure: Procedure, wording: Wording) -> tuple[Limit, ...]:
    """Every deadline in words."""
    return tuple(
        Limit(
            title=deadline.title,
            within=_within(deadline, wording),
            starts=tell_triggers(procedure, deadline.starts, wording),
            stops=tell_triggers(procedure, deadline.stops, wording),
            cites=deadline.cites,
        )
        for deadline in procedure.deadlines.values()
    )


def _within(deadline: Deadline, wording: Wording) -> str:
    """The time given; with an earliest one, ``2–15 days``."""
    told = wording.span(deadline.within)
    return told if deadline.earliest is None else f"{deadline.earliest.amount}–{told}"


def marks_of(procedure: Procedure, step: Step, wording: Wording) -> tuple[Mark, ...]:
    """The limits that are met by coming to the step, doing it, or sending what it sends."""
    return tuple(
        Mark(deadline=deadline.name, title=deadline.title, within=_within(deadline, wording))
        for deadline in procedure.deadlines.values()
        if step.name in _met_at(procedure, deadline)
    )


def _met_at(procedure: Procedure, deadline: Deadline) -> Iterator[str]:
    if deadline.step is not None:
        yield deadline.step
    for trigger in deadline.stops:
        match trigger.on.kind:
            case EventKind.DONE | EventKind.ENTERED:
                yield trigger.on.subject
            case EventKind.SENT:
                yield from (
                    step.name
                    for step in procedure.steps.values()
                    if step.send is not None and step.send.message == trigger.on.subject
                )
            case _:
                pass


def _tell(procedure: Procedure, trigger: Trigger, wording: Wording) -> str:
    event = tell_event(procedure, trigger.on, wording)
    if trigger.condition is None:
        return event
    condition = conditions.told(procedure, trigger.condition, wording)
    return wording.provided.format(event=event, condition=condition)


def _subject(procedure: Procedure, event: Event) -> str:
    name = event.subject
    match event.kind:
        case EventKind.ENTERED | EventKind.DONE | EventKind.RETURNED if name in procedure.steps:
            return procedure.steps[name].title
        case EventKind.SENT if name in procedure.messages:
            return procedure.messages[name].title
        case EventKind.SET if name in procedure.fields:
            return procedure.fields[name].label
        case EventKind.ACTED if name in procedure.actions:
            return procedure.actions[name].title
        case EventKind.LATE | EventKind.MET | EventKind.ALARM:
            deadline = procedure.deadlines.get(name.partition(".")[0])
            return deadline.title if deadline is not None else name
        case EventKind.REPEATED | EventKind.OPTED_OUT if name in procedure.schedules:
            return procedure.schedules[name].title
        case EventKind.COMPLETE if name in procedure.checklists:
            return procedure.checklists[name].title
        case _ if event.kind in _OF_APPOINTMENTS and name in procedure.appointments:
            return procedure.appointments[name].title
        case _:
            return name
