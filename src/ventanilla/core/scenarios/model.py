"""What a scenario says: who is known, what happens, what must then be so. Every name is checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.expressions import Person, Value
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.values import Unreadable
from ventanilla.core.engine.answering import Reply
from ventanilla.core.engine.commands import Performer, Wording
from ventanilla.core.engine.facts import Delivery
from ventanilla.core.engine.state import Agreed, Sender
from ventanilla.core.engine.timely_state import Mark as ItemMark
from ventanilla.core.engine.timely_state import Meeting

Given: TypeAlias = Mapping[str, Value | Unreadable]
"""What somebody types into a form; what cannot be read is turned down when it is handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownParty:
    """Somebody the registry knows before the scenario begins."""

    key: str
    lifecycle: str = ""
    attributes: Mapping[str, Value] = field(default_factory=dict)
    executive: Person | None = None
    activities: tuple[tuple[str, date], ...] = ()
    """Kinds and days of what the party took part in."""
    agreed: tuple[Agreed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Somebody is not there from an instant until another, and who stands in, if anybody."""

    who: str
    begins: datetime
    ends: datetime
    deputy: str = ""

    def lasts(self, at: datetime) -> bool:
        return self.begins <= at < self.ends


# --- what happens --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Opens:
    mark: Mark
    channel: str
    office: str
    sender: Sender
    subject: str = ""
    party: str = ""
    files: tuple[str, ...] = ()
    values: Given = field(default_factory=dict)
    by: str = ""
    happened: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Does:
    """A task is completed. ``checked`` none stands for every item of the list."""

    mark: Mark
    step: str
    visit: int | None = None
    values: Given = field(default_factory=dict)
    checked: tuple[str, ...] | None = None
    wording: Wording | None = None
    by: str = ""
    happened: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    mark: Mark
    action: str
    values: Given = field(default_factory=dict)
    checked: tuple[str, ...] | None = None
    wording: Wording | None = None
    by: str = ""
    happened: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Time passes, for a span or until an instant."""

    mark: Mark
    span: Span | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receives:
    mark: Mark
    files: tuple[str, ...] = ()
    robot: bool = False
    happened: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigns:
    """A task is given to somebody, or back to its role when ``to`` is empty."""

    mark: Mark
    step: str
    to: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    mark: Mark
    party: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    mark: Mark
    text: str
    by: str = ""
    happened: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivers:
    """The outside says what became of the latest message of this name."""

    mark: Mark
    message: str
    delivery: Delivery
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """A system outside that was silent answers at last."""

    mark: Mark
    step: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosesOther:
    """The latest case of a procedure that this one opened closes."""

    mark: Mark
    procedure: str
    result: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrects:
    mark: Mark
    values: Given
    reason: str
    by: str = ""
    happened: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancels:
    mark: Mark
    reason: str
    by: str = ""
    happened: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopens:
    mark: Mark
    reason: str
    by: str = ""
    happened: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptsOut:
    """The party wants no more of a schedule; ``by`` somebody of the staff writes it down."""

    mark: Mark
    schedule: str
    by: str = ""
    happened: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Items of a checklist are marked, each with what was observed."""

    mark: Mark
    checklist: str
    marks: Mapping[str, tuple[ItemMark | None, str]]
    by: str = ""
    happened: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meets:
    """What became of an appointment; ``BOOKED`` moves it."""

    mark: Mark
    appointment: str
    outcome: Meeting
    moved_to: datetime | None = None
    note: str = ""
    by: str = ""
    happened: datetime | None = None


# --- what must be so -----------------------------------------------------------------------------


class Aspect(StrEnum):
    """What an expectation looks at. ``Expectation.subject`` is the name in question, if any."""

    AT = "at"
    TASKS = "tasks"
    OWNER = "owner"
    FIELD = "field"
    DUE = "due"
    CLOCK = "clock"
    SENT = "sent"
    SENT_TO = "to"
    SENT_VIA = "via"
    SENT_SUBJECT = "subject"
    SENT_BODY = "body"
    SENT_TIMES = "times"
    SENT_BY = "by"
    SENT_ADAPTED = "adapted"
    IMPOSSIBLE = "impossible"
    ATTRIBUTE = "attribute"
    LIFECYCLE = "lifecycle"
    REGISTERED = "registered"
    KNOWN = "known"
    EXECUTIVE = "executive"
    ACTIVITIES = "activities"
    AGREEMENT = "agreement"
    OPEN = "open"
    RESULT = "result"
    REFUSED = "refused"
    DATUM = "datum"
    TRACK = "track"
    SAID = "said"
    MAY = "may"
    ALARM = "alarm"
    ENTRY = "entry"
    OPENED = "opened"
    ANSWERED_BY = "answered"
    DECIDED = "decided"
    SCHEDULE = "schedule"
    NEXT = "next"
    LIST = "list"
    ITEM = "item"
    APPOINTMENT = "appointment"
    INDICATOR = "indicator"


class Clock(StrEnum):
    """How a deadline stands."""

    NONE = "none"
    RUNNING = "running"
    STANDS = "stands"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    DROPPED = "dropped"


NOT_BREACHED = (Clock.NONE, Clock.RUNNING, Clock.STANDS, Clock.MET, Clock.DROPPED)
"""How a deadline may stand whose limit has not passed unkept."""


class Repeats(StrEnum):
    """How a schedule stands."""

    NONE = "none"
    RUNNING = "running"
    OPTED_OUT = "opted_out"


class ListState(StrEnum):
    """How a checklist stands."""

    COMPLETE = "complete"
    RECEIVED = "received"
    OPEN = "open"


Wanted: TypeAlias = Value | tuple[Clock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """One thing that must be so, and where the author said it."""

    aspect: Aspect
    subject: str = ""
    wanted: Wanted = None
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Expects:
    mark: Mark
    expectations: tuple[Expectation, ...]

    @property
    def refusal(self) -> Expectation | None:
        """The expectation that what was just tried has been turned down."""
        found = (one for one in self.expectations if one.aspect is Aspect.REFUSED)
        return next(found, None)


Happening: TypeAlias = (
    Answers
    | ClosesOther
    | Opens
    | Does
    | Acts
    | Waits
    | Receives
    | Assigns
    | Links
    | Notes
    | Delivers
    | Corrects
    | Cancels
    | Reopens
    | OptsOut
    | Marks
    | Meets
)
ScenarioStep: TypeAlias = Happening | Expects


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """An example with its cast: ``people`` by login, with one stand-in for every role."""

    title: str
    mark: Mark
    procedure: str
    start: datetime
    calendar: str
    """The calendar on whose days and zone the scenario's own waits and instants are read."""
    covers: tuple[str, ...]
    people: Mapping[str, Performer]
    parties: tuple[KnownParty, ...]
    absences: tuple[Absence, ...]
    replies: Mapping[str, Reply]
    """What systems outside reply."""
    steps: tuple[ScenarioStep, ...]
