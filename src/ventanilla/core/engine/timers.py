"""What happens because time passed: alarms, limits, reminders, waits that end by themselves."""

from datetime import datetime

from ventanilla.core.definition.model import Event, EventKind, GiveUp, Remind, Wait
from ventanilla.core.engine import clocks
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.flow import Run
from ventanilla.core.engine.state import (
    ActiveStep,
    AlarmAt,
    Status,
    Wake,
    WakeKind,
    next_wake,
)


def catch_up(run: Run, until: datetime) -> None:
    """Do all that fell due by an instant, in the order and at the time it fell due, each once."""
    while run.state.status is Status.OPEN:
        at = next_wake(run.state)
        if at is None or at > until:
            return
        with run.by_itself(at):
            _fire_at(run, at)
            run.settle()


def _fire_at(run: Run, at: datetime) -> None:
    """Fire one thing due at the instant: limits, alarms, schedules, reminders, waits; by name."""
    for name, clock in sorted(run.state.running.items()):
        if clock.due_at == at and not clock.late:
            run.tell(f.DeadlineLate(name=name, due_at=at), Event(EventKind.LATE, name))
            return
    for name, clock in sorted(run.state.running.items()):
        if clock.alarms and clock.alarms[0].at == at and not clock.stands:
            _fire_alarm(run, name, clock.alarms[0])
            return
    if _repeat_or_remind(run, at):
        return
    for active in sorted(run.state.active.values(), key=lambda active: active.key):
        for wake in active.wakes:
            if wake.at == at:
                _wake(run, active, wake)
                return


def _repeat_or_remind(run: Run, at: datetime) -> bool:
    """Do what a schedule or an appointment has for this instant; whether there was something."""
    for name, schedule in sorted(run.state.schedules.items()):
        if schedule.beat.next_at == at:
            run.repeat(name)
            return True
    for name, booking in sorted(run.state.bookings.items()):
        for number, moment in booking.reminders:
            if moment == at:
                _remind_of(run, name, number, moment)
                return True
    return False


def _remind_of(run: Run, appointment: str, number: int, due_at: datetime) -> None:
    run.tell(f.AppointmentReminded(name=appointment, number=number, due_at=due_at))
    run.send(run.procedure.appointments[appointment].reminders[number].send)


def _fire_alarm(run: Run, deadline: str, alarm: AlarmAt) -> None:
    run.tell(
        f.AlarmFired(deadline=deadline, alarm=alarm.name, due_at=alarm.at),
        Event(EventKind.ALARM, f"{deadline}.{alarm.name}"),
    )


def _wake(run: Run, active: ActiveStep, wake: Wake) -> None:
    step = run.procedure.steps[active.step]
    match (wake.kind, step.wait):
        case (WakeKind.REMIND, Wait(remind=Remind() as remind)):
            _remind(run, active, remind)
        case (WakeKind.GIVE_UP, Wait(give_up=GiveUp() as give_up)):
            run.tell(f.GivenUp(step=active.step, visit=active.visit))
            run.leave_step(active)
            run.take(step, give_up.branch)
        case (WakeKind.GIVE_UP, None):
            run.ask_people(step, active.visit, "late")
        case _:
            run.complete(step, active.visit)


def _remind(run: Run, active: ActiveStep, remind: Remind) -> None:
    calendar = clocks.calendar_of(run.procedure, run.state.office, None)
    left = clocks.wakes_after_reminder(calendar, remind, active.reminded + 1, run.at, active.wakes)
    run.tell(f.Reminded(step=active.step, visit=active.visit, wakes=left))
    run.send(remind.send)
