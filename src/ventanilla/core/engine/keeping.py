"""What people write down of schedules, checklists and appointments."""

from collections.abc import Iterator

from ventanilla.core.definition.model import Appointment, Event, EventKind, Who
from ventanilla.core.engine import checklists, forms, timely
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import (
    MarkItems,
    Meet,
    OptOut,
    PerformerKind,
    RefusalCode,
    Refused,
)
from ventanilla.core.engine.flow import Run
from ventanilla.core.engine.state import Status
from ventanilla.core.engine.timely_state import Mark, Meeting

_EVENTS = {
    Meeting.KEPT: EventKind.KEPT,
    Meeting.MISSED: EventKind.MISSED,
    Meeting.CALLED_OFF: EventKind.CALLED_OFF,
}


def opt_out(run: Run, command: OptOut) -> Refused | None:
    """End a schedule for good because the party wants no more of it; twice is once."""
    schedule = run.procedure.schedules.get(command.schedule)
    if schedule is None or schedule.opt_out is None:
        params = {"schedule": command.schedule}
        return Refused(code=RefusalCode.SCHEDULE_UNKNOWN, params=params)
    if run.by.kind is not PerformerKind.PARTY:
        refusal = _may(run, schedule.opt_out.who)
        if refusal is not None:
            return refusal
    if schedule.name in run.state.opted_out:
        return None
    run.tell(
        f.OptedOut(schedule=schedule.name, by=_login(run), at=run.at),
        Event(EventKind.OPTED_OUT, schedule.name),
    )
    if schedule.name in run.state.schedules:
        run.end_schedule(schedule.name, f.ScheduleEnd.OPT_OUT)
    run.carry_out(schedule.opt_out.do)
    return None


def mark_items(run: Run, command: MarkItems) -> Refused | None:
    """Mark items of a checklist; what is marked so already is no fact."""
    checklist = run.procedure.checklists.get(command.checklist)
    if checklist is None or run.state.status is not Status.OPEN:
        params = {"checklist": command.checklist}
        return Refused(code=RefusalCode.CHECKLIST_UNKNOWN, params=params)
    refusal = _may(run, timely.may_mark(run.procedure, run.state, checklist.name))
    if refusal is not None:
        return refusal
    known = {item.key: item for item in checklists.items_now(checklist, run.scope())}
    was_complete = not checklists.missing(checklist, run.state, run.scope())
    for item, (mark, note) in command.marks.items():
        if item not in known:
            return Refused(code=RefusalCode.ITEM_UNKNOWN, datum=item)
        if mark is Mark.OBSERVED and not note.strip():
            params = {"item": known[item].text}
            return Refused(code=RefusalCode.OBSERVATION_NEEDED, datum=item, params=params)
        _mark(run, checklist.name, item, mark, note.strip())
    if not was_complete and not checklists.missing(checklist, run.state, run.scope()):
        run.happen(Event(EventKind.COMPLETE, checklist.name))
    _end_waits(run)
    return None


def _mark(run: Run, checklist: str, item: str, mark: Mark | None, note: str) -> None:
    made = run.state.marks.get(checklist, {}).get(item)
    if (made.mark if made else None, made.note if made else "") == (mark, note):
        return
    run.tell(
        f.ItemMarked(
            checklist=checklist, item=item, mark=mark, by=_login(run), at=run.at, note=note
        )
    )


def meet(run: Run, command: Meet) -> Refused | None:
    """Write down what became of an appointment, or move it."""
    appointment = run.procedure.appointments.get(command.appointment)
    booking = run.state.bookings.get(command.appointment)
    if appointment is None or booking is None or booking.status is not Meeting.BOOKED:
        params = {"appointment": command.appointment}
        return Refused(code=RefusalCode.NO_APPOINTMENT, params=params)
    refusal = _may(run, tuple(_those(appointment)))
    if refusal is not None:
        return refusal
    if command.outcome is Meeting.BOOKED:
        return _move(run, appointment, command)
    if command.outcome is not Meeting.CALLED_OFF and run.at < booking.at:
        return Refused(code=RefusalCode.APPOINTMENT_TO_COME)
    run.tell(
        f.AppointmentEnded(
            name=appointment.name,
            outcome=command.outcome,
            by=_login(run),
            at=run.at,
            note=command.note.strip(),
        ),
        Event(_EVENTS[command.outcome], appointment.name),
    )
    _end_waits(run)
    return None


def _move(run: Run, appointment: Appointment, command: Meet) -> Refused | None:
    if command.moved_to is None:
        return Refused(code=RefusalCode.FIELD_REQUIRED, datum=appointment.at)
    if command.note.strip():
        run.tell(f.Noted(text=command.note.strip(), at=run.at))
    run.set({appointment.at: command.moved_to})
    return None


def _those(appointment: Appointment) -> Iterator[Who]:
    yield from appointment.who
    if appointment.host is not None:
        yield appointment.host


def _end_waits(run: Run) -> None:
    """Complete the waiting steps whose list has come in, or whose appointment is over."""
    for active in list(run.state.active.values()):
        step = run.procedure.steps[active.step]
        if timely.is_over(step, run.procedure, run.state, run.scope()):
            run.at = max(run.at, active.entered_at)
            run.complete(step, active.visit, by=_login(run))


def _may(run: Run, those: tuple[Who, ...]) -> Refused | None:
    if any(forms.may_do(run, who, run.assignee(who)) is None for who in those):
        return None
    return Refused(code=RefusalCode.NOT_YOURS, params={"role": those[0].role})


def _login(run: Run) -> str:
    return run.by.id if run.by.kind is PerformerKind.PERSON else ""
