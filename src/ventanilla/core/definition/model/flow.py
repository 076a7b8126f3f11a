"""Who owes what: events, steps, tracks, actions and rules."""

from dataclasses import dataclass
from enum import StrEnum

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.model.outside import Opening
from ventanilla.core.definition.texts import Text


class Pick(StrEnum):
    """How a task finds a person of its role; in the queue whoever takes it has it."""

    QUEUE = "queue"
    LEAST_LOADED = "least_loaded"
    ROUND_ROBIN = "round_robin"
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who owes a step: a role, of an office when ``office`` says so, or the person a field names.

    ``person`` names a field of type person, or ``party.executive``; when it is empty, the role
    answers; the compiler guarantees that there always is a role.
    """

    role: str
    office: Expression | None = None
    person: str | None = None
    pick: Pick = Pick.QUEUE


class EventKind(StrEnum):
    """What deadlines, rules and tracks can be bound to."""

    OPENED = "opened"
    ENTERED = "entered"
    DONE = "done"
    SENT = "sent"
    RECEIVED = "received"
    SET = "set"
    ACTED = "acted"
    ALARM = "alarm"
    LATE = "late"
    MET = "met"
    CLOSED = "closed"
    REOPENED = "reopened"
    ENTRY = "entry"
    RETURNED = "returned"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    REPEATED = "repeated"
    OPTED_OUT = "opted_out"
    COMPLETE = "complete"
    BOOKED = "booked"
    MOVED = "moved"
    KEPT = "kept"
    MISSED = "missed"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a case. ``subject`` is the name of the part it concerns, or a code.

    ``closed`` of a procedure's code is the end of a case that this one opened.
    """

    kind: EventKind
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    on: Event
    condition: Expression | None = None


class StepKind(StrEnum):
    """What happens when the case comes to a step."""

    TASK = "task"
    SEND = "send"
    DECIDE = "decide"
    SCORE = "score"
    WAIT = "wait"
    APPROVE = "approve"
    RECORD = "record"
    CHECK = "check"
    OPEN = "open"
    JUNCTION = "junction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Where the case goes next; ``go`` is a step of the same track, ``end`` a result."""

    condition: Expression | None = None
    go: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A datum to ask; it must be given if ``required``, or when ``required_if`` holds."""

    field: str
    required: bool = False
    required_if: Expression | None = None
    condition: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem:
    """Something the person does or minds; ``optional`` items never hold the step back."""

    key: str
    text: str
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Send:
    """A message owed. ``to`` is empty for the person who wrote or called."""

    message: str
    to: Expression | None = None
    via: str | None = None


class WaitFor(StrEnum):
    MESSAGE = "message"
    FILES = "files"
    DATE = "date"
    CASE = "case"
    DATA = "data"
    APPOINTMENT = "appointment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind:
    after: Span
    times: int
    send: Send


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUp:
    after: Span
    branch: Branch


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """The case rests until the party answers, files come, a date, the end of cases, or data.

    ``of`` is the procedure whose cases are waited for; without it, all that this case opened.
    """

    until: WaitFor
    into: str | None = None
    at: Expression | None = None
    of: str | None = None
    when: Expression | None = None
    checklist: str | None = None
    """The list of what must have come before the case goes on."""
    appointment: str | None = None
    remind: Remind | None = None
    give_up: GiveUp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordActivity:
    """The party took part in something; ``on`` is the day, that of the step if left out."""

    kind: str
    on: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is written to the party: attributes, a state, whose it is, an activity."""

    condition: Expression | None = None
    attributes: tuple[tuple[str, Expression], ...] = ()
    lifecycle: str | None = None
    executive: Expression | None = None
    activity: RecordActivity | None = None

    @property
    def cares(self) -> bool:
        """Whether it entrusts the party to somebody, or counts an activity."""
        return self.executive is not None or self.activity is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A condition that must hold for a person to complete a step, and what is said when not."""

    condition: Expression
    say: str
    checklist: str = ""
    """The list whose completeness it is, so that what is missing can be told."""


SIGNED = "signed"
RETURNED = "returned"
"""The two verdicts of somebody who is asked to sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve:
    """Who signs, in order, and the step to which whoever does not sign sends the case back.

    ``verdict`` and ``reason`` are the fields in which a signer answers. With ``four_eyes`` nobody
    signs twice, nor who completed the task before.
    """

    signers: tuple[Who, ...]
    back: str
    verdict: str
    reason: str
    four_eyes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A step that asks a connector; when it does not answer in time, people are asked the same.

    ``into`` says for each datum that the connector gives the field of the case that keeps it.
    """

    connector: str
    takes: tuple[tuple[str, Expression], ...]
    into: tuple[tuple[str, str], ...]
    fallback: Who
    tries: int
    within: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    name: str
    title: str
    track: str
    kind: StepKind
    who: Who | None = None
    say: tuple[str, ...] = ()
    ask: tuple[Ask, ...] = ()
    do: tuple[CheckItem, ...] = ()
    checklist: str | None = None
    send: Send | None = None
    decide: str | None = None
    score: str | None = None
    wait: Wait | None = None
    approve: Approve | None = None
    record: Record | None = None
    check: Check | None = None
    open: Opening | None = None
    skip_if: Expression | None = None
    requires: tuple[Requirement, ...] = ()
    next: tuple[Branch, ...] = ()
    """Tried in order. The compiler adds the plain last branch, so that one is always taken."""


MAIN_TRACK = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """Steps that run one after another. The main track begins when the case opens."""

    name: str
    title: str
    first: str
    starts: tuple[Trigger, ...]
    stops: tuple[Trigger, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRow:
    """A row to be added to a repeating group: the field and the values by column."""

    field: str
    cells: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedEntry:
    """What is noted by a code of a catalogue. ``field`` is where the form asks for the code."""

    catalogue: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend:
    """An act by which a clock stands, from a date of effect that may lie in the past."""

    deadline: str
    since: Expression | None = None
    reason: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend:
    """An act by which a clock gets more time; ``percent`` is of the time first given."""

    deadline: str
    by: Span
    times: int | None = None
    percent: int | None = None
    reason: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What somebody may do at any time while the case is open."""

    name: str
    title: str
    who: tuple[Who, ...]
    condition: Expression | None = None
    say: tuple[str, ...] = ()
    ask: tuple[Ask, ...] = ()
    do: tuple[CheckItem, ...] = ()
    send: Send | None = None
    record: Record | None = None
    requires: tuple[Requirement, ...] = ()
    entry: CodedEntry | None = None
    suspend: Suspend | None = None
    resume: str | None = None
    """The deadline whose suspension ends."""
    extend: Extend | None = None
    set: tuple[tuple[str, Expression], ...] = ()
    add: tuple[NewRow, ...] = ()
    note: Text | None = None
    cancel_track: str | None = None
    open: Opening | None = None
    go: str | None = None
    end: str | None = None
    """The result with which the action ends the main track."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What follows by itself from an event, in this order."""

    set: tuple[tuple[str, Expression], ...] = ()
    add: tuple[NewRow, ...] = ()
    record: Record | None = None
    send: Send | None = None
    note: Text | None = None
    cancel_track: str | None = None
    open: Opening | None = None
    go: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A reaction: when the event happens and the condition holds, the deeds follow."""

    on: Trigger
    do: Deeds
