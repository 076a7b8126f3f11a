"""The state of a case: nothing but the fold of its facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ventanilla.core.businesstime import Extension, Pause, PauseKind, Span
from ventanilla.core.definition.expressions import Person, Value
from ventanilla.core.engine.timely_state import Booking, Marked, Repeating


class Status(StrEnum):
    NEW = "new"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who wrote, called or came, as far as the contact itself tells."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often a party took part in a kind of activity in a calendar year."""

    kind: str
    year: int
    count: int
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """Something agreed with a party, from a day until another; both included, either open."""

    name: str
    value: Value
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """What the registry said of the party when it was last looked at. ``ref`` is opaque.

    ``lifecycle`` is the state that was recorded; what the pack computes is read on the day.
    """

    ref: str
    lifecycle: str = ""
    attributes: Mapping[str, Value] = field(default_factory=dict)
    executive: Person | None = None
    tallies: tuple[Tally, ...] = ()
    agreed: tuple[Agreed, ...] = ()


class WakeKind(StrEnum):
    REMIND = "remind"
    GIVE_UP = "give_up"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Wake:
    """Something that happens to a waiting step by itself. ``at`` is UTC."""

    kind: WakeKind
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveStep:
    """A visit to a step that has not ended: a task of somebody, or a wait."""

    step: str
    visit: int
    entered_at: datetime
    assignee: str = ""
    reminded: int = 0
    wakes: tuple[Wake, ...] = ()
    asks: str = ""
    """The connector that is asked, if it is one that owes the answer."""

    @property
    def key(self) -> str:
        return visit_key(self.step, self.visit)


def visit_key(step: str, visit: int) -> str:
    """The name of one visit to a step, as tasks and messages carry it: ``registrar#1``."""
    return f"{step}#{visit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmAt:
    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A clock that runs. ``due_at`` is none when the limit lies past the calendar's horizon."""

    started_at: datetime
    due_at: datetime | None
    alarms: tuple[AlarmAt, ...] = ()
    """Those that have not fired, the soonest first."""
    late: bool = False
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    term: Span | None = None
    """The time given, when it is not what the procedure gives everybody."""

    @property
    def stands(self) -> bool:
        """Whether the clock stands now: it has no limit, and no alarm goes off."""
        return any(pause.ends is None for pause in self.pauses)

    def stands_by(self, kind: PauseKind) -> bool:
        return any(pause.ends is None and pause.kind is kind for pause in self.pauses)


def ended(pauses: tuple[Pause, ...], kind: PauseKind, at: datetime) -> tuple[Pause, ...]:
    """The pauses after the one of this kind that still lasted has ended."""
    return tuple(
        replace(one, ends=max(at, one.begins)) if one.ends is None and one.kind is kind else one
        for one in pauses
    )


class Outcome(StrEnum):
    MET = "met"
    MET_LATE = "met_late"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A clock that has ended; settled results never change."""

    started_at: datetime
    due_at: datetime | None
    ended_at: datetime
    outcome: Outcome
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    term: Span | None = None

    @property
    def late(self) -> bool:
        """Whether it had passed its limit when it ended."""
        return self.outcome is not Outcome.MET and (
            self.due_at is not None and self.due_at <= self.ended_at
        )


class TrackStatus(StrEnum):
    BEGUN = "begun"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """The order that a step gave last: what the outside was told, and by which key."""

    key: str
    given: Mapping[str, Any]
    times: int
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A case that this one opened."""

    opening: str
    procedure: str
    closed: bool = False


@dataclass(frozen=True, kw_only=True)
class State:
    """Where a case stands. Instants are UTC. Without slots, so that it is copied at once."""

    status: Status = Status.NEW
    number: str = ""
    channel: str = ""
    office: str = ""
    subject: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    result: str = ""
    sender: Sender = Sender()
    party: PartyView | None = None
    fields: Mapping[str, Value] = field(default_factory=dict)
    visits: Mapping[str, int] = field(default_factory=dict)
    active: Mapping[str, ActiveStep] = field(default_factory=dict)
    tracks: Mapping[str, TrackStatus] = field(default_factory=dict)
    running: Mapping[str, Running] = field(default_factory=dict)
    settled: Mapping[str, Settled] = field(default_factory=dict)
    messages: Mapping[str, int] = field(default_factory=dict)
    """How many of each message have been owed, so that each gets a key of its own."""
    signed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By step at which people sign: who has signed in this round."""
    replaced: Mapping[str, str] = field(default_factory=dict)
    """By key of a message that could not be delivered: the one that left in its place."""
    schedules: Mapping[str, Repeating] = field(default_factory=dict)
    opted_out: tuple[str, ...] = ()
    """The schedules of which the party wants no more."""
    marks: Mapping[str, Mapping[str, Marked]] = field(default_factory=dict)
    """By checklist and item."""
    bookings: Mapping[str, Booking] = field(default_factory=dict)
    noted: Mapping[str, int] = field(default_factory=dict)
    """How often each code has been noted; the code noted last comes last."""
    hands: Mapping[str, str] = field(default_factory=dict)
    """By step, the person who did it last; the latest of all comes last."""
    orders: Mapping[str, Ordered] = field(default_factory=dict)
    """By step that gives an order to a system outside."""
    children: Mapping[str, Child] = field(default_factory=dict)
    """The cases that this one opened, in order, by the keys under which it knows them."""
    depth: int = 0
    """How many cases stand above this one, each opened by the one before."""


NEW = State()


def next_wake(state: State) -> datetime | None:
    """The next instant at which the case moves by itself, or none."""
    if state.status is not Status.OPEN:
        return None
    instants = [wake.at for active in state.active.values() for wake in active.wakes]
    for clock in state.running.values():
        if clock.stands:
            continue
        if clock.alarms:
            instants.append(clock.alarms[0].at)
        if clock.due_at is not None and not clock.late:
            instants.append(clock.due_at)
    beats = (schedule.beat.next_at for schedule in state.schedules.values())
    instants += [at for at in beats if at is not None]
    for booking in state.bookings.values():
        instants += [at for _, at in booking.reminders]
    return min(instants, default=None)
