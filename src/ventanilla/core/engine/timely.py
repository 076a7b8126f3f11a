"""What a command says of schedules, checklists and appointments, and what follows from data."""

from collections.abc import Iterator
from datetime import datetime

from ventanilla.core.businesstime import BeyondHorizon, before
from ventanilla.core.definition.model import (
    Appointment,
    Event,
    EventKind,
    Procedure,
    Schedule,
    Step,
    Who,
)
from ventanilla.core.engine import checklists, clocks, schedules
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.scope import Scope
from ventanilla.core.engine.state import State, Status
from ventanilla.core.engine.timely_state import Meeting

Told = tuple[f.Fact, tuple[Event, ...]]


def facts_after(
    procedure: Procedure, state: State, fact: f.Fact, scope: Scope, at: datetime
) -> Iterator[Told]:
    """What data mean for appointments and schedules once they have changed."""
    if not isinstance(fact, f.FieldsSet | f.Corrected) or state.status is not Status.OPEN:
        return
    changed = frozenset(fact.values)
    for moved in schedules.moved_beats(procedure, state, scope, changed, at):
        yield moved, ()
    for appointment in procedure.appointments.values():
        if appointment.at in changed:
            yield from _agreed(procedure, appointment, state, at)


def _agreed(
    procedure: Procedure, appointment: Appointment, state: State, now: datetime
) -> Iterator[Told]:
    """The appointment is booked, moved or called off by what its field says now."""
    booking = state.bookings.get(appointment.name)
    open_booking = booking is not None and booking.status is Meeting.BOOKED
    at = state.fields.get(appointment.at)
    if not isinstance(at, datetime):
        if open_booking:
            yield (
                f.AppointmentEnded(
                    name=appointment.name, outcome=Meeting.CALLED_OFF, by="", at=now
                ),
                (Event(EventKind.CALLED_OFF, appointment.name),),
            )
        return
    kind = EventKind.MOVED if open_booking else EventKind.BOOKED
    yield (
        f.Booked(
            name=appointment.name,
            at=at,
            moved=open_booking,
            reminders=_reminders(procedure, appointment, state, at, now),
        ),
        (Event(kind, appointment.name),),
    )


def _reminders(
    procedure: Procedure, appointment: Appointment, state: State, at: datetime, now: datetime
) -> tuple[tuple[int, datetime], ...]:
    """The reminders whose moment is still to come."""
    calendar = clocks.calendar_of(procedure, state.office, None)
    found = []
    for number, reminder in enumerate(appointment.reminders):
        moment = before(calendar, at, reminder.before)
        if not isinstance(moment, BeyondHorizon) and moment > now:
            found.append((number, moment))
    return tuple(sorted(found, key=lambda one: (one[1], one[0])))


def may_start(schedule: Schedule, state: State) -> bool:
    """Whether a schedule can begin: not twice at once, and not against the party's will."""
    return (
        state.status is Status.OPEN
        and schedule.name not in state.schedules
        and schedule.name not in state.opted_out
    )


def is_over(step: Step, procedure: Procedure, state: State, scope: Scope) -> bool:
    """Whether what a waiting step waits for has come already."""
    if step.wait is None:
        return False
    if step.wait.checklist is not None:
        checklist = procedure.checklists[step.wait.checklist]
        return not checklists.not_received(checklist, state, scope)
    if step.wait.appointment is not None:
        booking = state.bookings.get(step.wait.appointment)
        return booking is not None and booking.status is not Meeting.BOOKED
    return False


def may_mark(procedure: Procedure, state: State, name: str) -> tuple[Who, ...]:
    """Who may mark a checklist: whom it names, and whoever owes a step that is about it."""
    owed = (
        step.who
        for active in state.active.values()
        for step in (procedure.steps[active.step],)
        if step.who is not None and name in lists_of(step)
    )
    return (*procedure.checklists[name].who, *owed)


def lists_of(step: Step) -> tuple[str, ...]:
    """The checklists that a step is about."""
    waited = step.wait.checklist if step.wait is not None else None
    gates = (requirement.checklist for requirement in step.requires)
    return tuple(dict.fromkeys(one for one in (step.checklist, waited, *gates) if one))
