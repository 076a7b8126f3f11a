"""The procedure with everything bound into it, and the pack."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ventanilla.core.businesstime import Calendar
from ventanilla.core.definition.model.clocks import Deadline
from ventanilla.core.definition.model.fields import Field
from ventanilla.core.definition.model.flow import Action, Event, Rule, Step, Track, Trigger
from ventanilla.core.definition.model.outside import Connector, Opening
from ventanilla.core.definition.model.papers import Document, Indicator, OrgUnit
from ventanilla.core.definition.model.party import PartyModel
from ventanilla.core.definition.model.portal import Portal
from ventanilla.core.definition.model.reception import Counter, MissedCall, Priority, Queue
from ventanilla.core.definition.model.tables import Catalogue, Questionnaire, Table
from ventanilla.core.definition.model.timely import Appointment, Checklist, Schedule
from ventanilla.core.definition.model.words import Message, Script
from ventanilla.core.definition.texts import Text


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
    """A role. ``calendar`` are the hours in which somebody holds it, if not those of the office.

    ``offices`` are those where somebody can hold it; none: at every one.
    """

    code: str
    title: str
    calendar: str | None = None
    offices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A door. ``opens`` is the procedure that a message without a case begins."""

    name: str
    office: str
    address: str = ""
    numbers: tuple[str, ...] = ()
    opens: str | None = None
    missed_call: MissedCall | None = None


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
    questionnaires: Mapping[str, Questionnaire] = field(default_factory=dict)
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    appointments: Mapping[str, Appointment] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)
    """Fragments that messages and scripts share; they already stand where they are named."""
    portal: Portal | None = None
    """The form with which the public begins a case; none: only the staff and messages do."""
    connectors: Mapping[str, Connector] = field(default_factory=dict)
    """Those of the pack that a step asks."""
    openings: Mapping[str, Opening] = field(init=False)
    """Every case of another procedure that something here may begin, by name."""
    reactions: Mapping[Event, "Reactions"] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reactions", _reactions(self))
        object.__setattr__(self, "openings", {one.name: one for one in _openings(self)})


@dataclass(slots=True)
class Reactions:
    """What an event sets off, in this order: clocks stop and start, schedules, tracks, rules."""

    drops: list[tuple[Deadline, Trigger]] = field(default_factory=list)
    stops: list[tuple[Deadline, Trigger]] = field(default_factory=list)
    starts: list[tuple[Deadline, Trigger]] = field(default_factory=list)
    schedule_stops: list[tuple[Schedule, Trigger]] = field(default_factory=list)
    schedule_starts: list[tuple[Schedule, Trigger]] = field(default_factory=list)
    track_stops: list[tuple[Track, Trigger]] = field(default_factory=list)
    track_starts: list[tuple[Track, Trigger]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def _openings(procedure: Procedure) -> Iterator[Opening]:
    found = [step.open for step in procedure.steps.values()]
    found += [action.open for action in procedure.actions.values()]
    found += [rule.do.open for rule in procedure.rules]
    for schedule in procedure.schedules.values():
        found.append(schedule.do.open)
        found.append(schedule.opt_out.do.open if schedule.opt_out is not None else None)
    yield from (one for one in found if one is not None)


def _reactions(procedure: Procedure) -> Mapping[Event, Reactions]:
    index: defaultdict[Event, Reactions] = defaultdict(Reactions)
    for deadline in procedure.deadlines.values():
        for trigger in deadline.drops:
            index[trigger.on].drops.append((deadline, trigger))
        for trigger in deadline.stops:
            index[trigger.on].stops.append((deadline, trigger))
        for trigger in deadline.starts:
            index[trigger.on].starts.append((deadline, trigger))
    for schedule in procedure.schedules.values():
        for trigger in schedule.stops:
            index[trigger.on].schedule_stops.append((schedule, trigger))
        for trigger in schedule.starts:
            index[trigger.on].schedule_starts.append((schedule, trigger))
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
    queues: Mapping[str, Queue] = field(default_factory=dict)
    counters: Mapping[str, Counter] = field(default_factory=dict)
    priorities: Mapping[str, Priority] = field(default_factory=dict)
    connectors: Mapping[str, Connector] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)
    """Documents outside the pack to which procedures relate, with their titles."""
    units: Mapping[str, OrgUnit] = field(default_factory=dict)
