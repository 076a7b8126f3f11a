"""The compiled procedure: complete, frozen, every name resolved. The engine runs nothing else.

What an author writes is forgiving and may be wrong in many places at once; it never reaches the
engine. ``definition.compile`` turns it into these values or into a list of problems.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ventanilla.core.businesstime import Calendar, Span
from ventanilla.core.definition.expressions import Expression, Value
from ventanilla.core.definition.texts import Text


class FieldType(StrEnum):
    """The kinds of datum a form can ask for."""

    TEXT = "text"
    LONGTEXT = "longtext"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    DATETIME = "datetime"
    DURATION = "duration"
    EMAIL = "email"
    EMAILS = "emails"
    PHONE = "phone"
    URL = "url"
    IDENTITY = "identity"
    FILES = "files"
    TABLE = "table"
    GEO_POINT = "geo_point"
    PERSON = "person"


PERSONAL_TYPES = frozenset(
    {
        FieldType.TEXT,
        FieldType.LONGTEXT,
        FieldType.EMAIL,
        FieldType.EMAILS,
        FieldType.PHONE,
        FieldType.URL,
        FieldType.IDENTITY,
        FieldType.FILES,
        FieldType.TABLE,
        FieldType.GEO_POINT,
        FieldType.PERSON,
    }
)
"""Types whose values are personal unless the author says ``personal: false``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A datum of a case, or an attribute of a party."""

    name: str
    type: FieldType
    label: str
    help: str = ""
    required: bool = False
    personal: bool = False
    options: tuple[Option, ...] = ()
    catalogue: str | None = None
    kinds: tuple[str, ...] = ()
    columns: tuple["Field", ...] = ()
    saves: str | None = None
    default: Value = None
    show_if: Expression | None = None


# --- who ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who owes a step: a role, of an office when ``office`` says so, or the person a field names.

    ``person`` names a field of type person, or ``party.executive``; when it is empty, the role
    answers; the compiler guarantees that there always is a role.
    """

    role: str
    office: Expression | None = None
    person: str | None = None


# --- events ------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a case. ``subject`` is the step, message, field, action or deadline concerned."""

    kind: EventKind
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    on: Event
    condition: Expression | None = None


# --- steps -------------------------------------------------------------------------------------


class StepKind(StrEnum):
    """What happens when the case comes to a step."""

    TASK = "task"
    SEND = "send"
    DECIDE = "decide"
    WAIT = "wait"
    RECORD = "record"
    JUNCTION = "junction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Where the case goes next; ``go`` is a step of the same track, ``end`` a result."""

    condition: Expression | None = None
    go: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    field: str
    required: bool = False
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
    """The case rests until the party answers, files come, or a date; never without a way out."""

    until: WaitFor
    into: str | None = None
    at: Expression | None = None
    remind: Remind | None = None
    give_up: GiveUp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is written to the party: attributes, and a state of its lifecycle."""

    condition: Expression | None = None
    attributes: tuple[tuple[str, Expression], ...] = ()
    lifecycle: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A condition that must hold for a person to complete a step, and what is said when not."""

    condition: Expression
    say: str


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
    send: Send | None = None
    decide: str | None = None
    wait: Wait | None = None
    record: Record | None = None
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
    set: tuple[tuple[str, Expression], ...] = ()
    go: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A reaction: when the event happens and the condition holds, these things follow."""

    on: Trigger
    set: tuple[tuple[str, Expression], ...] = ()
    send: Send | None = None
    record: Record | None = None
    go: str | None = None


# --- time --------------------------------------------------------------------------------------


class Side(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A moment before or after the limit, or at a share (0–100) of the time given."""

    name: str
    side: Side
    span: Span | None = None
    percent: int = 0
    to: Who | None = None
    say: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A limit counted from an event until another, on a calendar (the case's office by default)."""

    name: str
    title: str
    starts: tuple[Trigger, ...]
    stops: tuple[Trigger, ...]
    within: Span
    calendar: str | None = None
    rule: str | None = None
    restart: bool = False
    drops: tuple[Trigger, ...] = ()
    """Events by which the clock ceases: neither met nor missed."""
    since: Expression | None = None
    """The instant or date the limit is counted from, when it is not that of the starting event."""
    step: str | None = None
    """The step that spelled it as ``within``; it dies with the step's visit."""
    alarms: tuple[Alarm, ...] = ()
    cites: str = ""


# --- tables ------------------------------------------------------------------------------------


class HitPolicy(StrEnum):
    UNIQUE = "unique"
    FIRST = "first"
    COLLECT = "collect"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyCell:
    """Matches whatever comes, a missing value too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """Matches any of the values; None among them matches a missing value."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Matches an ordered value between the bounds; a missing bound is open to infinity."""

    low: Value = None
    high: Value = None
    includes_low: bool = True
    includes_high: bool = True


Cell = AnyCell | OneOf | Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    key: str
    cells: tuple[Cell, ...]
    outputs: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A decision table: the outputs of the matching row are written into the fields."""

    name: str
    title: str
    hit: HitPolicy
    inputs: tuple[Expression, ...]
    outputs: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    name: str
    columns: tuple[str, ...]
    rows: tuple[CatalogueRow, ...]


# --- words -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is said at a moment of the contact, by channel; the key ``""`` is for any other."""

    name: str
    phase: str
    texts: Mapping[str, Text]
    behaviour: tuple[str, ...] = ()
    condition: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message. ``via`` are the media it may leave by, the preferred one first.

    Media are ``email``, ``whatsapp``, ``letter`` and ``voice``: what is said at the desk or on the
    telephone, which leaves no building but is recorded as said.
    """

    name: str
    title: str
    subject: Text
    body: Text
    via: tuple[str, ...]
    digest: str


# --- the controlled document -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    concept: str
    position: str
    unit: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    norm: str
    article: str = ""
    supports: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    version: int
    on: str
    what: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    supports: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The parts of the controlled document that people read and the engine does not run."""

    objective: str = ""
    starts: str = ""
    ends: str = ""
    definitions: tuple[tuple[str, str], ...] = ()
    legal: tuple[LegalBasis, ...] = ()
    related: Related = Related()
    signatures: tuple[Signature, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    name: str
    title: str
    count: str
    over: str
    targets: tuple[tuple[str, str], ...]
    every: str
    who: str
    source: str = ""


# --- the whole ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    code: str
    title: str
    calendar: str
    region: str = ""
    address: str = ""
    hours_text: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A door. ``opens`` is the procedure that a message without a case begins."""

    name: str
    office: str
    address: str = ""
    numbers: tuple[str, ...] = ()
    opens: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyModel:
    """What an organisation keeps about the people and companies it serves."""

    attributes: Mapping[str, Field]
    lifecycle: tuple[str, ...]
    registered: frozenset[str]
    """The states of the lifecycle in which ``party.registered`` is true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One version of one procedure, with everything the engine needs bound into it."""

    code: str
    title: str
    version: int
    effective: date | None
    owner: str
    document: Document
    fields: Mapping[str, Field]
    steps: Mapping[str, Step]
    tracks: Mapping[str, Track]
    actions: Mapping[str, Action]
    rules: tuple[Rule, ...]
    deadlines: Mapping[str, Deadline]
    tables: Mapping[str, Table]
    catalogues: Mapping[str, Catalogue]
    scripts: Mapping[str, Script]
    messages: Mapping[str, Message]
    indicators: Mapping[str, Indicator]
    roles: Mapping[str, Role]
    offices: Mapping[str, Office]
    channels: Mapping[str, Channel]
    calendars: Mapping[str, Calendar]
    party: PartyModel
    results: tuple[str, ...]
    reopen: str | None = None
    """The step where a closed case goes on when the party writes again; none: it stays closed."""
    reactions: Mapping[Event, "Reactions"] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reactions", _reactions(self))


@dataclass(slots=True)
class Reactions:
    """What an event sets off, in the order it happens: clocks stop, clocks start, tracks, rules."""

    drops: list[tuple[Deadline, Trigger]] = field(default_factory=list)
    stops: list[tuple[Deadline, Trigger]] = field(default_factory=list)
    starts: list[tuple[Deadline, Trigger]] = field(default_factory=list)
    track_stops: list[tuple[Track, Trigger]] = field(default_factory=list)
    track_starts: list[tuple[Track, Trigger]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def _reactions(procedure: Procedure) -> Mapping[Event, Reactions]:
    index: defaultdict[Event, Reactions] = defaultdict(Reactions)
    for deadline in procedure.deadlines.values():
        for trigger in deadline.drops:
            index[trigger.on].drops.append((deadline, trigger))
        for trigger in deadline.stops:
            index[trigger.on].stops.append((deadline, trigger))
        for trigger in deadline.starts:
            index[trigger.on].starts.append((deadline, trigger))
    for track in procedure.tracks.values():
        for trigger in track.stops:
            index[trigger.on].track_stops.append((track, trigger))
        for trigger in track.starts:
            index[trigger.on].track_starts.append((track, trigger))
    for rule in procedure.rules:
        index[rule.on.on].rules.append(rule)
    return dict(index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    slug: str
    name: str
    accent: str = ""
    language: str = "es"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """An organisation's folder, compiled."""

    organization: Organization
    offices: Mapping[str, Office]
    roles: Mapping[str, Role]
    channels: Mapping[str, Channel]
    calendars: Mapping[str, Calendar]
    party: PartyModel
    procedures: Mapping[str, Procedure]
    digest: str
