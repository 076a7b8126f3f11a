"""What can be true of a case. A fact is never taken back; state is the fold of these."""
# house: long-file, because it is the list of all that can become true

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ventanilla.core.businesstime import PauseKind, Span
from ventanilla.core.definition.expressions import Person, Value
from ventanilla.core.engine.state import AlarmAt, Outcome, PartyView, Sender, Wake
from ventanilla.core.engine.timely_state import Beat, Mark, Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    number: str
    channel: str
    office: str
    subject: str
    sender: Sender
    at: datetime
    depth: int = 0
    """How many cases stand above it, each opened by the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLinked:
    """The case is this party's, or what the registry knows of the party has changed."""

    party: PartyView


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRecorded:
    """These attributes are to be written to the party, created when the registry lacks it."""

    ref: str
    attributes: Mapping[str, Value]
    lifecycle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrusted:
    """The party is from now on in the care of somebody of the staff, or of nobody."""

    ref: str
    executive: Person | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityCounted:
    """The party took part in something on a day."""

    ref: str
    kind: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsSet:
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """Values that were wrong have been put right, with the reason."""

    values: Mapping[str, Value]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackBegun:
    track: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackEnded:
    """``result`` is empty when the track was stopped by an event instead of reaching an end."""

    track: str
    result: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEntered:
    step: str
    visit: int
    at: datetime
    assignee: str = ""
    wakes: tuple[Wake, ...] = ()
    asks: str = ""
    """The connector that is asked at this visit, so that nobody has anything to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    step: str
    visit: int
    at: datetime
    checked: tuple[str, ...] = ()
    by: str = ""
    """The login of the person who did it; empty for what happens by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One of those who sign at the step has signed; the visit of the next begins, if any."""

    step: str
    visit: int
    role: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """Somebody did not sign: the visit is over, and no signature of this round counts."""

    step: str
    visit: int
    role: str
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLeft:
    """The visit ended without being completed: the case went elsewhere or the track stopped."""

    step: str
    visit: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSkipped:
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to a system outside is owed, or an order, which then has a key of its own.

    ``given`` is what the system is told, as JSON.
    """

    step: str
    visit: int
    connector: str
    given: Mapping[str, Any]
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The question of a step was answered, by whom, and as things stood on which day."""

    step: str
    visit: int
    source: str
    as_of: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """The system did not answer: its visit is over, and people are asked the same."""

    step: str
    visit: int
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOwed:
    """A case of another procedure is to be opened; ``given`` are its first values, as JSON."""

    key: str
    opening: str
    procedure: str
    given: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherClosed:
    """A case that this one opened has closed."""

    key: str
    procedure: str
    number: str
    result: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRead:
    """Which rows of a decision table answered; none when no row matched."""

    table: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What the answers to a questionnaire came to; ``points`` is empty when one was missing."""

    questionnaire: str
    points: str
    band: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """The visit is somebody's; an empty assignee gives it back to the role."""

    step: str
    visit: int
    assignee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageOwed:
    """A message to be sent or, by ``voice``, one that was said. The text is final.

    ``digest`` names the wording of the template; ``adapted`` says whether the person changed it.
    """

    key: str
    message: str
    digest: str
    via: str
    to: str
    subject: str
    body: str
    adapted: bool = False
    automatic: bool = False
    attachments: tuple[str, ...] = ()
    instead_of: str = ""
    """The key of the same message that could not be delivered by another medium."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageImpossible:
    """An automatic message had nowhere to go; somebody has to see to it."""

    message: str
    reason: str


class Delivery(StrEnum):
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryKnown:
    """What became of a message that left the building."""

    key: str
    delivery: Delivery
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived:
    """A contact from outside reached the case. A robot's message moves nothing."""

    ref: str
    at: datetime
    files: tuple[str, ...] = ()
    robot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTaken:
    action: str
    at: datetime
    checked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMade:
    """Something was noted by a code; ``at`` is when it happened, the entry's date when noted."""

    catalogue: str
    code: str
    at: datetime
    values: Mapping[str, Value] = field(default_factory=dict)
    """What else the form asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineStarted:
    name: str
    started_at: datetime
    due_at: datetime | None
    alarms: tuple[AlarmAt, ...] = ()
    term: Span | None = None
    """The time given, when it is not what the procedure gives everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineStopped:
    """The clock stands from an instant on: the case waits, or somebody suspended it."""

    name: str
    kind: PauseKind
    begins: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineResumed:
    """What made the clock stand has ended; without limit it still stands for another reason."""

    name: str
    kind: PauseKind
    ends: datetime
    due_at: datetime | None
    alarms: tuple[AlarmAt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineExtended:
    """The clock got more time; without limit it stands, and will have it when it goes on."""

    name: str
    by: Span
    reason: str
    at: datetime
    due_at: datetime | None
    alarms: tuple[AlarmAt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmFired:
    """``due_at`` is when it should have fired; the entry's date says when it did."""

    deadline: str
    alarm: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLate:
    name: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineEnded:
    name: str
    outcome: Outcome
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """A waiting step has reminded the party; ``wakes`` are what it still waits for."""

    step: str
    visit: int
    wakes: tuple[Wake, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    step: str
    visit: int


class ScheduleEnd(StrEnum):
    UNTIL = "until"
    TIMES = "times"
    OPT_OUT = "opt_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleStarted:
    name: str
    at: datetime
    beat: Beat


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleFired:
    """The time of a schedule came; ``skipped`` when its condition did not hold."""

    name: str
    due_at: datetime
    beat: Beat
    skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleMoved:
    """A datum that decides when it comes next has changed."""

    name: str
    beat: Beat


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleEnded:
    name: str
    why: ScheduleEnd
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OptedOut:
    """The party wants no more of a schedule; ``by`` is who wrote it down, empty for the party."""

    schedule: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMarked:
    """An item of a checklist was received, observed or accepted; no mark takes it back."""

    checklist: str
    item: str
    mark: Mark | None
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An appointment is agreed for ``at``, or moved to it."""

    name: str
    at: datetime
    moved: bool = False
    reminders: tuple[tuple[int, datetime], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentReminded:
    name: str
    number: int
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentEnded:
    name: str
    outcome: Meeting
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """The case went over to another version; what that one has not is let go, by name."""

    version: int
    label: str
    at: datetime
    fields: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    schedules: tuple[str, ...] = ()
    checklists: tuple[str, ...] = ()
    appointments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRecounted:
    """A limit that runs falls at another instant, because its rule is another now."""

    name: str
    due_at: datetime | None
    alarms: tuple[AlarmAt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    result: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    reason: str
    at: datetime


Fact = (
    Opened
    | PartyLinked
    | PartyRecorded
    | Entrusted
    | ActivityCounted
    | FieldsSet
    | Corrected
    | TrackBegun
    | TrackEnded
    | StepEntered
    | StepDone
    | Signed
    | SentBack
    | StepLeft
    | StepSkipped
    | Asked
    | Answered
    | Unanswered
    | CaseOwed
    | OtherClosed
    | TableRead
    | Scored
    | Assigned
    | MessageOwed
    | MessageImpossible
    | DeliveryKnown
    | MessageReceived
    | ActionTaken
    | EntryMade
    | Noted
    | DeadlineStarted
    | DeadlineStopped
    | DeadlineResumed
    | DeadlineExtended
    | AlarmFired
    | DeadlineLate
    | DeadlineEnded
    | Reminded
    | GivenUp
    | ScheduleStarted
    | ScheduleFired
    | ScheduleMoved
    | ScheduleEnded
    | OptedOut
    | ItemMarked
    | Booked
    | AppointmentReminded
    | AppointmentEnded
    | Migrated
    | DeadlineRecounted
    | Closed
    | Cancelled
    | Reopened
)
