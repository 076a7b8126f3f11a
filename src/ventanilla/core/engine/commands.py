"""What somebody or something wants of a case, and what the engine answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ventanilla.core.definition.expressions import Value
from ventanilla.core.engine.facts import Delivery, Fact
from ventanilla.core.engine.state import PartyView, Sender, State
from ventanilla.core.engine.timely_state import Mark, Meeting


class PerformerKind(StrEnum):
    PERSON = "person"
    PARTY = "party"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Performer:
    """Who commands. ``id`` is the login of a person of the staff; roles name their office or none.

    A role held with no office is held at every office. Only persons are held to roles: the system
    and the party do what the procedure lets happen by itself.
    """

    kind: PerformerKind
    id: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    roles: frozenset[tuple[str, str | None]] = frozenset()
    stands_for: frozenset[str] = frozenset()
    """The logins of those whose deputy this person is at the moment."""

    def holds(self, role: str, office: str) -> bool:
        return (role, office) in self.roles or (role, None) in self.roles


SYSTEM = Performer(kind=PerformerKind.SYSTEM, id="system")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The text that a person really sent or said in place of the template's."""

    subject: str = ""
    body: str = ""
    via: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A contact becomes a case. ``happened_at`` may lie before now, never after."""

    number: str
    channel: str
    office: str
    happened_at: datetime
    subject: str = ""
    sender: Sender = field(default_factory=Sender)
    party: PartyView | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    message: str = ""
    """Reference of the message that opened it, if one did."""
    depth: int = 0
    """How many cases stand above it, each opened by the one before."""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """A person completes a task, named by step and visit.

    ``party`` is what the registry knows of the case's party now; ``new_party`` is the reference a
    party gets if the step has to create one.
    """

    task: str
    happened_at: datetime
    values: Mapping[str, Value] = field(default_factory=dict)
    checked: tuple[str, ...] = ()
    wording: Wording | None = None
    party: PartyView | None = None
    new_party: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A person does what may be done at any time."""

    action: str
    happened_at: datetime
    values: Mapping[str, Value] = field(default_factory=dict)
    checked: tuple[str, ...] = ()
    wording: Wording | None = None
    party: PartyView | None = None
    new_party: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receive:
    """A message reached the case. ``robot`` marks automatic answers, which move nothing."""

    message: str
    happened_at: datetime
    files: tuple[str, ...] = ()
    robot: bool = False
    party: PartyView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a system outside answered, by the names of what its connector gives.

    ``source`` says who knew: the system, or a sheet or map that holds what it knew ``as_of`` a day.
    """

    task: str
    values: Mapping[str, Value]
    source: str
    happened_at: datetime
    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoAnswer:
    """A system outside does not answer, for a reason that is a stable word."""

    task: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOther:
    """A case that this one opened has closed, with its result and its data."""

    key: str
    number: str
    result: str
    happened_at: datetime
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Whatever is due by now happens, in the order it fell due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """A task is given to somebody (``assignee``) or back to the role (empty)."""

    task: str
    assignee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkParty:
    party: PartyView


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    text: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """What the outside said about a message: it took it, refused it, or sent it back."""

    key: str
    delivery: Delivery
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    values: Mapping[str, Value]
    reason: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    reason: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    reason: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut:
    """The party wants no more of a schedule; it says so itself, or staff write it down."""

    schedule: str
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkItems:
    """Items of a checklist were received, observed (with what) or accepted; None takes it back."""

    checklist: str
    marks: Mapping[str, tuple[Mark | None, str]]
    happened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Meet:
    """What became of an appointment. ``BOOKED`` moves it to another instant."""

    appointment: str
    outcome: Meeting
    happened_at: datetime
    moved_to: datetime | None = None
    note: str = ""


Command = (
    Open
    | Complete
    | Act
    | Receive
    | Answer
    | NoAnswer
    | CloseOther
    | Tick
    | Assign
    | LinkParty
    | Note
    | Deliver
    | Correct
    | Cancel
    | Reopen
    | OptOut
    | MarkItems
    | Meet
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The facts that now hold, none when there was nothing left to do, and their fold."""

    facts: tuple[Fact, ...]
    state: State
    unstaffed: bool = False
    """Somebody was to be picked for a task, and no roster was given to pick from."""


class RefusalCode(StrEnum):
    """Why a command changed nothing. Sentences are made where the language is known."""

    ALREADY_OPEN = "already_open"
    NOT_OPEN = "not_open"
    IN_THE_FUTURE = "in_the_future"
    BEFORE_OPENING = "before_opening"
    UNKNOWN_CHANNEL = "unknown_channel"
    UNKNOWN_OFFICE = "unknown_office"
    TASK_UNKNOWN = "task_unknown"
    TASK_GONE = "task_gone"
    NOT_YOURS = "not_yours"
    FOUR_EYES = "four_eyes"
    FIELD_UNKNOWN = "field_unknown"
    FIELD_REQUIRED = "field_required"
    FIELD_UNREADABLE = "field_unreadable"
    ITEM_UNCHECKED = "item_unchecked"
    REQUIREMENT = "requirement"
    ACTION_UNKNOWN = "action_unknown"
    ACTION_UNAVAILABLE = "action_unavailable"
    CLOCK_NOT_RUNNING = "clock_not_running"
    CLOCK_STANDS = "clock_stands"
    CLOCK_GOES = "clock_goes"
    EXTENSION_LIMIT = "extension_limit"
    NO_ADDRESS = "no_address"
    MEDIUM_UNKNOWN = "medium_unknown"
    WORDING_EMPTY = "wording_empty"
    PARTY_NEEDED = "party_needed"
    IDENTIFIER_TAKEN = "identifier_taken"
    MESSAGE_UNKNOWN = "message_unknown"
    REASON_NEEDED = "reason_needed"
    SCHEDULE_UNKNOWN = "schedule_unknown"
    CHECKLIST_UNKNOWN = "checklist_unknown"
    CHECKLIST_INCOMPLETE = "checklist_incomplete"
    ITEM_UNKNOWN = "item_unknown"
    OBSERVATION_NEEDED = "observation_needed"
    NO_APPOINTMENT = "no_appointment"
    APPOINTMENT_TO_COME = "appointment_to_come"
    CANNOT_MIGRATE = "cannot_migrate"
    CANNOT_REOPEN = "cannot_reopen"
    CASE_UNKNOWN = "case_unknown"
    TOO_DEEP = "too_deep"
    RUNAWAY = "runaway"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing changed. ``datum`` names the field to put right, when there is one."""

    code: RefusalCode
    datum: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


Decision = Accepted | Refused
