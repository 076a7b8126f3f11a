"""An open case goes over to another version of its procedure, or it is told what stands against it.

Nothing that was begun or done may mean something else afterwards. Wording may differ (titles,
labels, scripts, the text of a checklist); what was asked, decided, signed or sent, where the step
led and whose it was may not. Limits that run are counted anew, from when they began.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.model import Procedure, Step
from ventanilla.core.definition.texts import Text
from ventanilla.core.definition.values import well_typed
from ventanilla.core.engine import clocks
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import Accepted, RefusalCode, Refused
from ventanilla.core.engine.evolve import fold
from ventanilla.core.engine.state import AlarmAt, Outcome, Running, State, Status, TrackStatus

_WORDS = frozenset({"title", "label", "say", "text", "help", "behaviour", "cites"})
"""What may be worded otherwise without meaning anything else."""


class Why(StrEnum):
    """What stands against a case going over."""

    STEP_GONE = "step_gone"
    STEP_CHANGED = "step_changed"
    TRACK_GONE = "track_gone"
    FIELD_CHANGED = "field_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """``name`` is the step, track or field; ``title`` what people call it."""

    why: Why
    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChange:
    """A limit that runs, before and after; none where it does not run, or has no instant."""

    name: str
    title: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What going over would mean for a case: where it is, what hinders it, its limits."""

    steps: tuple[str, ...]
    hindrances: tuple[Hindrance, ...]
    limits: tuple[LimitChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrate:
    """The case goes over to another version, named by its label."""

    label: str
    happened_at: datetime


def migrate(old: Procedure, new: Procedure, state: State, command: Migrate) -> Accepted | Refused:
    """Go over, or refuse with the step that stands against it.

    Whatever was due has to be done before; the facts are those of the new version.
    """
    if state.status is not Status.OPEN:
        return Refused(code=RefusalCode.NOT_OPEN)
    against = next(iter(hindrances(old, new, state)), None)
    if against is not None:
        params = {"why": str(against.why), "step": against.title}
        return Refused(code=RefusalCode.CANNOT_MIGRATE, datum=against.name, params=params)
    facts = tuple(_facts(old, new, state, command))
    return Accepted(facts=facts, state=fold(state, facts))


def preview(old: Procedure, new: Procedure, state: State, at: datetime) -> Preview:
    """What going over would mean now, without doing it."""
    found = tuple(hindrances(old, new, state))
    after = state
    if not found and state.status is Status.OPEN:
        after = fold(state, tuple(_facts(old, new, state, Migrate(label="", happened_at=at))))
    return Preview(
        steps=tuple(old.steps[active.step].title for active in state.active.values()),
        hindrances=found,
        limits=tuple(_limits(old, new, state, after)),
    )


def _limits(old: Procedure, new: Procedure, state: State, after: State) -> Iterator[LimitChange]:
    for name, clock in state.running.items():
        kept = after.running.get(name)
        titles = new.deadlines if name in new.deadlines else old.deadlines
        yield LimitChange(
            name=name,
            title=titles[name].title,
            before=clock.due_at,
            after=kept.due_at if kept is not None else None,
        )


# --- what stands against it ----------------------------------------------------------------------


def hindrances(old: Procedure, new: Procedure, state: State) -> Iterator[Hindrance]:
    """The begun and finished steps that are gone or mean something else, and the like."""
    for name in state.visits:
        step = old.steps[name]
        if name not in new.steps:
            yield Hindrance(why=Why.STEP_GONE, name=name, title=step.title)
        elif meaning(old, step) != meaning(new, new.steps[name]) or _narrower(old, new, step):
            yield Hindrance(why=Why.STEP_CHANGED, name=name, title=step.title)
    for name, status in state.tracks.items():
        if status is TrackStatus.BEGUN and name not in new.tracks:
            yield Hindrance(why=Why.TRACK_GONE, name=name, title=old.tracks[name].title)
    for name, value in state.fields.items():
        kept = new.fields.get(name)
        if value is None or kept is None:
            continue
        if kept.type is not old.fields[name].type or not well_typed(kept, value):
            title = old.fields[name].label
            yield Hindrance(why=Why.FIELD_CHANGED, name=name, title=title)


def meaning(procedure: Procedure, step: Step) -> object:
    """What a step means, whatever its wording: equal for steps that mean the same."""
    asked = (procedure.fields[ask.field] for ask in step.ask)
    table = procedure.tables[step.decide] if step.decide is not None else None
    scored = procedure.questionnaires[step.score] if step.score is not None else None
    checklist = procedure.checklists[step.checklist] if step.checklist is not None else None
    return (
        _shape(step),
        tuple(_shape(replace(field, options=(), default=None)) for field in asked),
        _shape(table),
        _shape(scored),
        _shape(checklist),
    )


def _narrower(old: Procedure, new: Procedure, step: Step) -> bool:
    """Whether an answer that could be given to the step can be given no more."""
    for ask in step.ask:
        before = {option.value for option in old.fields[ask.field].options}
        if not before <= {option.value for option in new.fields[ask.field].options}:
            return True
    return False


def _shape(value: Any) -> object:
    """A part of a procedure without its words, as something that can be compared."""
    if isinstance(value, Expression):
        return value.source
    if isinstance(value, Text):
        return None
    if is_dataclass(value) and not isinstance(value, type):
        parts = ((one.name, getattr(value, one.name)) for one in fields(value))
        return (
            type(value).__name__,
            tuple((name, _shape(part)) for name, part in parts if name not in _WORDS),
        )
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), repr(_shape(part))) for key, part in value.items()))
    if isinstance(value, tuple | list):
        return tuple(_shape(part) for part in value)
    return value


# --- what follows --------------------------------------------------------------------------------


def _facts(old: Procedure, new: Procedure, state: State, command: Migrate) -> Iterator[f.Fact]:
    at = command.happened_at
    for name in sorted(state.running.keys() - new.deadlines.keys()):
        yield f.DeadlineEnded(name=name, outcome=Outcome.DROPPED, at=at)
    attributes = state.party.attributes if state.party is not None else {}
    yield f.Migrated(
        version=new.version,
        label=command.label,
        at=at,
        fields=_gone(state.fields, new.fields),
        attributes=_gone(attributes, new.party.attributes),
        schedules=_gone(state.schedules, new.schedules),
        checklists=_gone(state.marks, new.checklists),
        appointments=_gone(state.bookings, new.appointments),
    )
    added = {
        name: field.default
        for name, field in new.fields.items()
        if field.default is not None and name not in old.fields
    }
    if added:
        yield f.FieldsSet(values=added)
    for name, clock in sorted(state.running.items()):
        if name in new.deadlines:
            yield from _recounted(old, new, state, name, clock, at)


def _gone(kept: Mapping[str, Any], known: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(kept.keys() - known.keys()))


def _recounted(
    old: Procedure, new: Procedure, state: State, name: str, clock: Running, at: datetime
) -> Iterator[f.Fact]:
    """The limit under the new version, with the alarms it has and the old one had not."""
    deadline = new.deadlines[name]
    before = {alarm.name for alarm in old.deadlines[name].alarms}
    fresh = (one.name for one in deadline.alarms if one.name not in before)
    whole = replace(clock, alarms=(*clock.alarms, *(AlarmAt(name=one, at=at) for one in fresh)))
    limit, alarms = clocks.again(new, deadline, state.office, whole, at)
    if clock.stands:
        return
    if (limit, alarms) != (clock.due_at, clock.alarms):
        yield f.DeadlineRecounted(name=name, due_at=limit, alarms=alarms)
