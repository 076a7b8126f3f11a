"""Looking at a case: does it stand as a scenario expects, and if not, how does it stand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, TypeVar

from ventanilla.core.definition.model import FieldType
from ventanilla.core.engine import checklists
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import Refused
from ventanilla.core.engine.figures import Weighed, weigh
from ventanilla.core.engine.scope import Scope
from ventanilla.core.engine.sheets import owed_by
from ventanilla.core.engine.state import Outcome, State, Status
from ventanilla.core.engine.words import Said, said
from ventanilla.core.scenarios.cast import Cast
from ventanilla.core.scenarios.journal import Journal, show, tell_refusal
from ventanilla.core.scenarios.model import Aspect, Clock, Expectation, ListState, Repeats

_F = TypeVar("_F")

_LONG = 1_000

_CLOCKS: Mapping[Outcome, Clock] = {
    Outcome.MET: Clock.MET,
    Outcome.MET_LATE: Clock.MET_LATE,
    Outcome.DROPPED: Clock.DROPPED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The case at the moment it is looked at."""

    cast: Cast
    journal: Journal
    refused: Refused | None
    now: datetime
    zone: tzinfo
    files: Mapping[str, str] = field(default_factory=dict)
    """What the scenario calls the files that came, by the driver's reference."""

    @property
    def state(self) -> State:
        return self.cast.state

    def told(self, kind: type[_F]) -> Iterator[_F]:
        """The facts of a kind so far, in order."""
        for entry in self.journal:
            for fact in entry.facts:
                if isinstance(fact, kind):
                    yield fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    what: str
    expected: str
    actual: str


def look(scene: Scene, expectation: Expectation) -> Difference | None:
    """What is otherwise than expected; nothing when all is well."""
    found = _LOOKS[expectation.aspect](scene, expectation.subject)
    if _AGREE.get(expectation.aspect, _equal)(expectation.wanted, found):
        return None
    return Difference(
        what=_what(expectation),
        expected=show(expectation.wanted, scene.zone, longest=_LONG),
        actual=show(found, scene.zone, longest=_LONG),
    )


def _what(expectation: Expectation) -> str:
    family = _FAMILIES.get(expectation.aspect, str(expectation.aspect))
    parts = (family, expectation.subject, _PARTS.get(expectation.aspect, ""))
    return ".".join(part for part in parts if part)


# --- how expected and found are held against each other -------------------------------------------


def _equal(wanted: Any, found: Any) -> bool:
    return bool(wanted == found)


def _among(wanted: Any, found: Any) -> bool:
    return found in wanted


def _contained(wanted: Any, found: Any) -> bool:
    """A fragment stands in the text, whatever the line breaks; without one there is no text."""
    if wanted is None:
        return found is None
    return found is not None and " ".join(wanted.split()) in " ".join(found.split())


# --- steps and people -----------------------------------------------------------------------------


def _at(scene: Scene, _subject: str) -> tuple[str, ...]:
    return tuple(sorted(active.step for active in scene.state.active.values()))


def _tasks(scene: Scene, _subject: str) -> tuple[str, ...]:
    steps = scene.cast.procedure.steps
    found = (one for one in scene.state.active.values() if not one.asks)
    return tuple(sorted(one.step for one in found if steps[one.step].who is not None))


def _owner(scene: Scene, step: str) -> str | None:
    active = scene.cast.active(step)
    who = owed_by(scene.cast.procedure.steps[step], scene.state)
    if active is None or who is None:
        return None
    return active.assignee or who.role


def _track(scene: Scene, track: str) -> str:
    return str(scene.state.tracks.get(track, "none"))


def _may(scene: Scene, name: str) -> bool:
    action = scene.cast.procedure.actions[name]
    if scene.state.status is not Status.OPEN:
        return False
    return action.condition is None or action.condition.holds(_scope(scene, name))


# --- data -----------------------------------------------------------------------------------------


def _field(scene: Scene, name: str) -> Any:
    value = scene.state.fields.get(name)
    if scene.cast.procedure.fields[name].type is FieldType.FILES and isinstance(value, tuple):
        return tuple(scene.files.get(str(file), file) for file in value)
    return value


def _attribute(scene: Scene, name: str) -> Any:
    return scene.state.party.attributes.get(name) if scene.state.party else None


def _lifecycle(scene: Scene, _subject: str) -> Any:
    """The state on the day, as the pack computes it."""
    return _seen(scene)["party.lifecycle"] or ""


def _registered(scene: Scene, _subject: str) -> Any:
    return _seen(scene)["party.registered"]


def _executive(scene: Scene, _subject: str) -> str:
    executive = scene.state.party.executive if scene.state.party else None
    return executive.key if executive is not None else ""


def _activities(scene: Scene, kind: str) -> int:
    tallies = scene.state.party.tallies if scene.state.party else ()
    return sum(one.count for one in tallies if one.kind == kind)


def _agreement(scene: Scene, name: str) -> Any:
    return _seen(scene)[f"agreement.{name}"]


def _seen(scene: Scene) -> Scope:
    return Scope(scene.cast.procedure, scene.state, scene.now)


def _known(scene: Scene, _subject: str) -> bool:
    return scene.state.party is not None


def _decided(scene: Scene, table: str) -> tuple[str, ...]:
    read = [fact.rows for fact in scene.told(f.TableRead) if fact.table == table]
    return read[-1] if read else ()


# --- time -----------------------------------------------------------------------------------------


def _due(scene: Scene, name: str) -> Any:
    clock = scene.state.running.get(name) or scene.state.settled.get(name)
    return clock.due_at if clock else Clock.NONE


def _clock(scene: Scene, name: str) -> Clock:
    running, settled = scene.state.running.get(name), scene.state.settled.get(name)
    if running is not None and running.stands:
        return Clock.STANDS
    if running is not None:
        return Clock.LATE if running.late else Clock.RUNNING
    return _CLOCKS[settled.outcome] if settled is not None else Clock.NONE


def _alarm(scene: Scene, name: str) -> bool:
    return any(f"{fact.deadline}.{fact.alarm}" == name for fact in scene.told(f.AlarmFired))


def _entry(scene: Scene, code: str) -> bool:
    return any(fact.code == code for fact in scene.told(f.EntryMade))


def _schedule(scene: Scene, name: str) -> Repeats:
    if name in scene.state.opted_out:
        return Repeats.OPTED_OUT
    return Repeats.RUNNING if name in scene.state.schedules else Repeats.NONE


def _next(scene: Scene, name: str) -> datetime | None:
    running = scene.state.schedules.get(name)
    return running.beat.next_at if running is not None else None


def _list(scene: Scene, name: str) -> ListState:
    checklist = scene.cast.procedure.checklists[name]
    scope = Scope(scene.cast.procedure, scene.state, scene.now)
    if not checklists.missing(checklist, scene.state, scope):
        return ListState.COMPLETE
    lacking = checklists.not_received(checklist, scene.state, scope)
    return ListState.OPEN if lacking else ListState.RECEIVED


def _item(scene: Scene, name: str) -> str:
    checklist, _, item = name.partition(".")
    made = scene.state.marks.get(checklist, {}).get(item)
    return str(made.mark) if made is not None else "none"


def _appointment(scene: Scene, name: str) -> str:
    booking = scene.state.bookings.get(name)
    return str(booking.status) if booking is not None else "none"


def _opened(scene: Scene, code: str) -> bool:
    return any(fact.procedure == code for fact in scene.told(f.CaseOwed))


def _answered_by(scene: Scene, step: str) -> str | None:
    found = [fact.source for fact in scene.told(f.Answered) if fact.step == step]
    return found[-1] if found else None


def _indicator(scene: Scene, name: str) -> Weighed:
    procedure = scene.cast.procedure
    return weigh(procedure, procedure.indicators[name], scene.state, scene.now)


# --- words ----------------------------------------------------------------------------------------


def _messages(scene: Scene, name: str) -> list[f.MessageOwed]:
    return [fact for fact in scene.told(f.MessageOwed) if fact.message == name]


def _sent(scene: Scene, name: str) -> bool:
    return bool(_messages(scene, name))


def _times(scene: Scene, name: str) -> int:
    return len(_messages(scene, name))


def _of_latest(read: Callable[[f.MessageOwed], Any]) -> Callable[[Scene, str], Any]:
    def look_at(scene: Scene, name: str) -> Any:
        owed = _messages(scene, name)
        return read(owed[-1]) if owed else None

    return look_at


def _impossible(scene: Scene, name: str) -> bool:
    return any(fact.message == name for fact in scene.told(f.MessageImpossible))


def _said(scene: Scene, name: str) -> str | None:
    """What the script says now, if an active step or a possible action has it."""
    procedure = scene.cast.procedure
    for active in scene.state.active.values():
        if name in procedure.steps[active.step].say:
            return _text(said(procedure.scripts[name], _scope(scene, active.step)))
    for action in procedure.actions.values():
        if name in action.say and _may(scene, action.name):
            return _text(said(procedure.scripts[name], _scope(scene, action.name)))
    return None


def _text(spoken: Said | None) -> str | None:
    return spoken.text if spoken is not None else None


def _scope(scene: Scene, part: str) -> Scope:
    procedure = scene.cast.procedure
    found = procedure.steps.get(part) or procedure.actions[part]
    return Scope(procedure, scene.state, scene.now, scene.cast.performer_of(found))


# --- the end, and being turned down ---------------------------------------------------------------


def _open(scene: Scene, _subject: str) -> bool:
    return scene.state.status is Status.OPEN


def _result(scene: Scene, _subject: str) -> str:
    return scene.state.result


def _refused(scene: Scene, _subject: str) -> str | None:
    return tell_refusal(scene.refused) if scene.refused is not None else None


def _same_code(wanted: Any, found: Any) -> bool:
    return found is not None and found.split(" ", 1)[0] == wanted


def _datum(scene: Scene, _subject: str) -> str | None:
    return scene.refused.datum if scene.refused is not None else None


_LOOKS: Mapping[Aspect, Callable[[Scene, str], Any]] = {
    Aspect.AT: _at,
    Aspect.TASKS: _tasks,
    Aspect.OWNER: _owner,
    Aspect.FIELD: _field,
    Aspect.DUE: _due,
    Aspect.CLOCK: _clock,
    Aspect.SENT: _sent,
    Aspect.SENT_TO: _of_latest(lambda owed: owed.to),
    Aspect.SENT_VIA: _of_latest(lambda owed: owed.via),
    Aspect.SENT_SUBJECT: _of_latest(lambda owed: owed.subject),
    Aspect.SENT_BODY: _of_latest(lambda owed: owed.body),
    Aspect.SENT_TIMES: _times,
    Aspect.SENT_BY: _of_latest(lambda owed: "system" if owed.automatic else "person"),
    Aspect.SENT_ADAPTED: _of_latest(lambda owed: owed.adapted),
    Aspect.IMPOSSIBLE: _impossible,
    Aspect.ATTRIBUTE: _attribute,
    Aspect.LIFECYCLE: _lifecycle,
    Aspect.REGISTERED: _registered,
    Aspect.KNOWN: _known,
    Aspect.EXECUTIVE: _executive,
    Aspect.ACTIVITIES: _activities,
    Aspect.AGREEMENT: _agreement,
    Aspect.OPEN: _open,
    Aspect.RESULT: _result,
    Aspect.REFUSED: _refused,
    Aspect.DATUM: _datum,
    Aspect.TRACK: _track,
    Aspect.SAID: _said,
    Aspect.MAY: _may,
    Aspect.ALARM: _alarm,
    Aspect.ENTRY: _entry,
    Aspect.OPENED: _opened,
    Aspect.ANSWERED_BY: _answered_by,
    Aspect.DECIDED: _decided,
    Aspect.SCHEDULE: _schedule,
    Aspect.NEXT: _next,
    Aspect.LIST: _list,
    Aspect.ITEM: _item,
    Aspect.APPOINTMENT: _appointment,
    Aspect.INDICATOR: _indicator,
}
_AGREE: Mapping[Aspect, Callable[[Any, Any], bool]] = {
    Aspect.CLOCK: _among,
    Aspect.SENT_SUBJECT: _contained,
    Aspect.SENT_BODY: _contained,
    Aspect.SAID: _contained,
    Aspect.REFUSED: _same_code,
}
_FAMILIES: Mapping[Aspect, str] = {
    Aspect.OWNER: "tasks",
    Aspect.FIELD: "fields",
    Aspect.DUE: "deadlines",
    Aspect.CLOCK: "deadlines",
    Aspect.SENT_TO: "sent",
    Aspect.SENT_VIA: "sent",
    Aspect.SENT_SUBJECT: "sent",
    Aspect.SENT_BODY: "sent",
    Aspect.SENT_TIMES: "sent",
    Aspect.SENT_BY: "sent",
    Aspect.SENT_ADAPTED: "sent",
    Aspect.ATTRIBUTE: "party",
    Aspect.LIFECYCLE: "party.lifecycle",
    Aspect.REGISTERED: "party.registered",
    Aspect.KNOWN: "party.known",
    Aspect.EXECUTIVE: "party.executive",
    Aspect.ACTIVITIES: "party.activities",
    Aspect.AGREEMENT: "party.agreements",
    Aspect.RESULT: "closed",
    Aspect.DATUM: "refused.datum",
    Aspect.TRACK: "tracks",
    Aspect.ALARM: "alarms",
    Aspect.ENTRY: "entries",
    Aspect.SCHEDULE: "schedules",
    Aspect.NEXT: "schedules",
    Aspect.LIST: "checklists",
    Aspect.ITEM: "checklists",
    Aspect.APPOINTMENT: "appointments",
    Aspect.INDICATOR: "indicators",
}
_PARTS: Mapping[Aspect, str] = {
    Aspect.DUE: "due",
    Aspect.SENT_TO: "to",
    Aspect.SENT_VIA: "via",
    Aspect.SENT_SUBJECT: "subject",
    Aspect.SENT_BODY: "body",
    Aspect.SENT_TIMES: "times",
    Aspect.SENT_BY: "by",
    Aspect.SENT_ADAPTED: "adapted",
}
