"""What a case keeps over time, for its page: checklists, appointments and what repeats."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ventanilla.cases.selectors import CaseFile
from ventanilla.core.definition.model import Who
from ventanilla.core.engine import checklists
from ventanilla.core.engine.flow import Run
from ventanilla.core.engine.sheets import may_do
from ventanilla.core.engine.state import Status
from ventanilla.core.engine.timely import may_mark
from ventanilla.core.engine.timely_state import Mark, Meeting
from ventanilla.desk.forms.timely import MARKS

STATES: dict[Meeting, tuple[Promise, str]] = {
    Meeting.BOOKED: (_("Pendiente"), "soon"),
    Meeting.KEPT: (_("Se realizó"), "good"),
    Meeting.MISSED: (_("No se presentó"), "late"),
    Meeting.CALLED_OFF: (_("Anulada"), ""),
}
TONES: dict[Mark, str] = {Mark.RECEIVED: "soon", Mark.OBSERVED: "late", Mark.ACCEPTED: "good"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    text: str
    mark: Promise | None
    tone: str
    note: str
    at: datetime | None
    is_optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    title: str
    items: tuple[ItemRow, ...]
    missing: int
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    title: str
    at: datetime
    state: Promise
    tone: str
    place: str
    address: str
    file_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatRow:
    title: str
    next_at: datetime | None
    is_over: bool
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """All of it; nothing is shown where a procedure has nothing of the kind."""

    lists: tuple[ListRow, ...]
    meetings: tuple[MeetingRow, ...]
    repeats: tuple[RepeatRow, ...]


def upkeep(case: CaseFile, run: Run) -> Upkeep:
    """What the case keeps; addresses stand only where the person may do something."""
    return Upkeep(
        lists=tuple(_lists(case, run)),
        meetings=tuple(_meetings(case, run)),
        repeats=tuple(_repeats(case, run)),
    )


def may_any(run: Run, those: Iterable[Who]) -> bool:
    """Whether the person is one of those, while the case is open."""
    if run.state.status is not Status.OPEN:
        return False
    return any(may_do(who, run.scope(), run.state, run.by, run.assignee(who)) for who in those)


def _lists(case: CaseFile, run: Run) -> Iterable[ListRow]:
    for name, checklist in run.procedure.checklists.items():
        items = checklists.items_now(checklist, run.scope())
        marks = run.state.marks.get(name, {})
        if not items:
            continue
        rows = []
        for item in items:
            made = marks.get(item.key)
            rows.append(
                ItemRow(
                    text=item.text,
                    mark=MARKS[made.mark] if made is not None else None,
                    tone=TONES[made.mark] if made is not None else "",
                    note=made.note if made is not None else "",
                    at=made.at if made is not None else None,
                    is_optional=item.optional,
                )
            )
        may = may_any(run, may_mark(run.procedure, run.state, name))
        yield ListRow(
            title=checklist.title,
            items=tuple(rows),
            missing=len(checklists.missing(checklist, run.state, run.scope())),
            address=reverse("desk:checklist", args=(case.number, name)) if may else "",
        )


def _meetings(case: CaseFile, run: Run) -> Iterable[MeetingRow]:
    for name, appointment in run.procedure.appointments.items():
        booking = run.state.bookings.get(name)
        if booking is None:
            continue
        state, tone = STATES[booking.status]
        host = (appointment.host,) if appointment.host is not None else ()
        may = booking.status is Meeting.BOOKED and may_any(run, (*appointment.who, *host))
        place = appointment.place.evaluate(run.scope()) if appointment.place is not None else ""
        yield MeetingRow(
            title=appointment.title,
            at=booking.at,
            state=state,
            tone=tone,
            place=str(place or ""),
            address=reverse("desk:meet", args=(case.number, name)) if may else "",
            file_address=reverse("desk:appointment_file", args=(case.number, name)),
        )


def _repeats(case: CaseFile, run: Run) -> Iterable[RepeatRow]:
    for name, schedule in run.procedure.schedules.items():
        running, over = run.state.schedules.get(name), name in run.state.opted_out
        if running is None and not over:
            continue
        may = schedule.opt_out is not None and not over and may_any(run, schedule.opt_out.who)
        yield RepeatRow(
            title=schedule.title,
            next_at=running.beat.next_at if running is not None else None,
            is_over=over,
            address=reverse("desk:opt_out", args=(case.number, name)) if may else "",
        )
