"""The state of what repeats, of what is ticked off, and of what is agreed for a day and hour."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """Where a schedule is: the instant it counts from, how many intervals on, and what comes next.

    ``nominal_at`` is the interval's end, ``next_at`` when it happens: later where the office is
    closed then. None is not known: a datum is missing, or the calendar ends before.
    """

    anchor_at: datetime | None
    turns: int = 0
    nominal_at: datetime | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeating:
    """A schedule under way; ``done`` is how often its time has come."""

    started_at: datetime
    beat: Beat
    done: int = 0


class Mark(StrEnum):
    """What has become of an item of a checklist."""

    RECEIVED = "received"
    OBSERVED = "observed"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The latest mark of an item: who made it, when, and what was observed."""

    mark: Mark
    by: str
    at: datetime
    note: str = ""


class Meeting(StrEnum):
    """How an appointment stands."""

    BOOKED = "booked"
    KEPT = "kept"
    MISSED = "missed"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """An appointment for an instant. ``reminders`` are those still to come, by their number."""

    at: datetime
    status: Meeting = Meeting.BOOKED
    moves: int = 0
    reminders: tuple[tuple[int, datetime], ...] = ()
