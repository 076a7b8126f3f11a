"""Deadlines as people read them, and how each was counted."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.urls import reverse
from django.utils.dateformat import format as dated
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ventanilla.answers.shown import language
from ventanilla.cases.selectors import CaseFile, ClockRow
from ventanilla.core.businesstime import Explanation, Unit
from ventanilla.core.businesstime.explanation import Line, Reason
from ventanilla.core.definition.expressions.wording import span_text
from ventanilla.core.definition.model import Deadline
from ventanilla.core.engine.clocks import calendar_of, earliest, explained, term_of
from ventanilla.core.engine.state import Running, Settled
from ventanilla.desk.labels import Label
from ventanilla.ui.wording import full_moment_words

RUNNING: Final = frozenset({"running", "late"})

OUTCOMES: Final = {
    "met": Label(text=_("cumplido"), icon="circle-check", tone="good"),
    "met_late": Label(text=_("cumplido tarde"), icon="circle-alert", tone="late"),
    "dropped": Label(text=_("dejó de correr"), icon="circle-slash", tone=""),
}

REASONS: Final[dict[Reason, str | Promise]] = {
    Reason.COUNTED: _("cuenta"),
    Reason.FIRST_DAY: _("el día desde el que se cuenta no cuenta"),
    Reason.HOLIDAY: _("feriado"),
    Reason.CLOSURE: _("cierre de la oficina"),
    Reason.NOT_BUSINESS: _("sin atención"),
    Reason.HALF_DAY: _("media jornada: el plazo no puede terminar aquí"),
    Reason.WAITING: _("en espera de la persona"),
    Reason.SUSPENSION: _("plazo suspendido"),
    Reason.FILED_LATE: _("llegó fuera de hora: vale como llegado el siguiente día hábil"),
    Reason.MONTH_LACKS_DAY: _("el mes no tiene ese día"),
    Reason.ENDS_HERE: _("aquí termina"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A deadline of a case. ``outcome`` is set when it has ended."""

    name: str
    title: str
    started_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    outcome: Label | None
    address: str
    cites: str = ""
    earliest_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.outcome is None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """A line of the count, in words."""

    day: str
    starts: str
    ends: str
    counted: bool
    amount: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLimit:
    """A deadline with its count."""

    limit: Limit
    rule: str
    calendar: str
    lines: tuple[CountLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallClock:
    """The clock of a call, with its limit."""

    started_at: datetime
    limit_seconds: int
    words: str
    limit_words: str
    is_over: bool


def limits(case: CaseFile) -> tuple[Limit, ...]:
    """The deadlines of a case: those that run first, the soonest first."""
    found = [_limit(case, clock) for clock in case.clocks]
    found.sort(key=lambda one: (not one.is_running, one.due_at is None, one.due_at, one.name))
    return tuple(found)


def counted(case: CaseFile, name: str) -> CountedLimit | None:
    """The last run of a deadline with its count; none when the case has no such deadline."""
    runs = [clock for clock in case.clocks if clock.name == name]
    procedure = case.published.procedure
    deadline = procedure.deadlines.get(name)
    if not runs or deadline is None:
        return None
    clock = runs[-1]
    calendar = calendar_of(procedure, case.state.office, deadline.calendar)
    known = case.state.running.get(name) or case.state.settled.get(name)
    run = known or Running(started_at=clock.started_at, due_at=clock.due_at)
    found = explained(procedure, deadline, case.state.office, run)
    lines = [line for one in found if isinstance(one, Explanation) for line in _lines(one)]
    return CountedLimit(
        limit=_limit(case, clock),
        rule=_rule(deadline, run, clock.started_at),
        calendar=calendar.name.replace("_", " ").capitalize(),
        lines=tuple(lines),
    )


def _rule(deadline: Deadline, run: Running | Settled, start: datetime) -> str:
    """The time given, and in place of which when it is not what everybody gets."""
    given = gettext("{span}, contados desde {start}.").format(
        span=span_text(term_of(deadline, run), language()).capitalize(),
        start=full_moment_words(start),
    )
    if run.term is None or run.term == deadline.within:
        return given
    agreed = deadline.agreement is not None and deadline.term is None
    why = (
        gettext("Es lo acordado con el cliente, en lugar de {usual}.")
        if agreed
        else gettext("Vale para este caso, en lugar de {usual}.")
    )
    return f"{given} {why.format(usual=span_text(deadline.within, language()))}"


def call_clock(case: CaseFile, now: datetime) -> CallClock | None:
    """The clock of minutes that runs while somebody is on the telephone."""
    deadlines = case.published.procedure.deadlines
    for clock in case.clocks:
        deadline = deadlines.get(clock.name)
        if clock.status not in RUNNING or deadline is None:
            continue
        if deadline.within.unit is Unit.MINUTE and case.state.channel == "phone":
            return _call_clock(clock, deadline.within.amount, now)
    return None


def _call_clock(clock: ClockRow, minutes: int, now: datetime) -> CallClock:
    spent = int((now - clock.started_at).total_seconds())
    return CallClock(
        started_at=clock.started_at,
        limit_seconds=minutes * 60,
        words=f"{spent // 60}:{spent % 60:02d}",
        limit_words=gettext("de {minutes} minutos").format(minutes=minutes),
        is_over=spent >= minutes * 60,
    )


def _limit(case: CaseFile, clock: ClockRow) -> Limit:
    deadline = case.published.procedure.deadlines.get(clock.name)
    return Limit(
        name=clock.name,
        title=clock.title,
        started_at=clock.started_at,
        due_at=clock.due_at,
        ended_at=clock.ended_at,
        outcome=None if clock.status in RUNNING else OUTCOMES.get(clock.status),
        address=reverse("desk:deadline", args=(case.number, clock.name)),
        cites=deadline.cites if deadline else "",
        earliest_at=_earliest(case, clock.name),
    )


def _earliest(case: CaseFile, name: str) -> datetime | None:
    procedure, state = case.published.procedure, case.state
    run, deadline = state.running.get(name), procedure.deadlines.get(name)
    if run is None or deadline is None:
        return None
    return earliest(procedure, deadline, state.office, run)


def _lines(found: Explanation) -> tuple[CountLine, ...]:
    return tuple(_line(found, line) for line in found.lines)


def _line(found: Explanation, line: Line) -> CountLine:
    named = f": {line.name}" if line.name else ""
    return CountLine(
        day=dated(line.day, gettext(r"l j \d\e F")),
        starts=_clock(line.begins, line.day),
        ends=_clock(line.ends, line.day),
        counted=line.counted,
        amount=_amount(found.span.unit, line.amount),
        reason=f"{REASONS[line.reason]}{named}",
    )


def _clock(at: datetime, day: date) -> str:
    """The time of that day; midnight at its end is 24:00; another day is named."""
    local = localtime(at)
    if local.date() == day:
        return dated(local, "G:i")
    if local.date() == day + timedelta(days=1) and local.time() == time.min:
        return "24:00"
    return dated(local, gettext(r"j \d\e F, G:i"))


def _amount(unit: Unit, amount: int) -> str:
    if unit in _CLOCK_UNITS:
        minutes = round(timedelta(microseconds=amount) / timedelta(minutes=1))
        return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"
    return str(amount)


_CLOCK_UNITS = frozenset({Unit.MINUTE, Unit.HOUR, Unit.BUSINESS_MINUTE, Unit.BUSINESS_HOUR})
