"""What repeats, what is ticked off over time, and what is agreed for a day and hour."""

from dataclasses import dataclass

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.model.flow import Deeds, Send, Trigger, Who


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut:
    """How the party, or staff for it, puts an end to a schedule, and what follows from it."""

    title: str
    who: tuple[Who, ...]
    """Who may write down that the party wants no more of it."""
    do: Deeds


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Deeds that repeat from an event until another, or so many times, while the case is open.

    The interval is a span or what a duration field says. The first time is a span after the event
    or at a date; else one interval after it.
    """

    name: str
    title: str
    starts: tuple[Trigger, ...]
    do: Deeds
    stops: tuple[Trigger, ...] = ()
    every: Span | None = None
    every_field: str | None = None
    first: Span | None = None
    first_at: Expression | None = None
    times: int | None = None
    condition: Expression | None = None
    """A time at which it does not hold passes without its deeds."""
    office_hours: bool = False
    """A time at which the office is closed is put off until it opens."""
    opt_out: OptOut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """What is received and judged, if the condition holds; optional items hold nothing back."""

    key: str
    text: str
    optional: bool = False
    condition: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """Things to be received and accepted one by one. ``who`` may mark them."""

    name: str
    title: str
    who: tuple[Who, ...]
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    before: Span
    send: Send


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A meeting at the date and hour of a field. ``who`` notes what became of it."""

    name: str
    title: str
    at: str
    who: tuple[Who, ...]
    lasts: Span | None = None
    host: Who | None = None
    place: Expression | None = None
    reminders: tuple[Reminder, ...] = ()
