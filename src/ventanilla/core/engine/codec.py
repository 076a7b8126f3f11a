"""Facts to JSON and back, with personal values set aside. The journal is written in this.

Each kind of fact has its shape: a short tag and, for each attribute, how it is written. Shapes are
part of the record of every installation: a tag or an attribute's key is never reused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from ventanilla.core.businesstime import PauseKind, parse_span
from ventanilla.core.definition.model import Field, Procedure
from ventanilla.core.definition.values import decode, encode
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.party_codec import (
    Hide,
    read_more,
    read_person,
    write_more,
    write_person,
)
from ventanilla.core.engine.sealing import Json, Opener, Sealer
from ventanilla.core.engine.state import AlarmAt, Outcome, PartyView, Sender, Wake, WakeKind
from ventanilla.core.engine.timely_state import Beat, Mark, Meeting


@dataclass(frozen=True, slots=True)
class _Part:
    """How one attribute of a fact is written and read."""

    name: str
    write: Callable[[Procedure, Sealer, Any], Json]
    read: Callable[[Procedure, Opener, Json], Any]
    later: bool = False
    """Came with a later version: at the end of its shape, and unwritten when it is empty."""


def write_facts(procedure: Procedure, facts: tuple[f.Fact, ...]) -> tuple[list[Json], list[Json]]:
    """Return the facts as JSON, and beside them the personal values their marks stand for."""
    sealer = Sealer()
    return [_write(procedure, sealer, fact) for fact in facts], sealer.values


def read_facts(
    procedure: Procedure, written: list[Json], personal: list[Json]
) -> tuple[f.Fact, ...]:
    """Return the facts written; a personal value given as none reads as missing."""
    opener = Opener(personal)
    return tuple(_read(procedure, opener, item) for item in written)


def _write(procedure: Procedure, sealer: Sealer, fact: f.Fact) -> Json:
    tag, parts = _SHAPES[type(fact)]
    told = len(parts)
    while told and parts[told - 1].later and not getattr(fact, parts[told - 1].name):
        told -= 1
    written = (part.write(procedure, sealer, getattr(fact, part.name)) for part in parts[:told])
    return [tag, *written]


def _read(procedure: Procedure, opener: Opener, item: Json) -> f.Fact:
    kind, parts = _KINDS[item[0]]
    values = {
        part.name: part.read(procedure, opener, value)
        for part, value in zip(parts, item[1:], strict=False)
    }
    fact: f.Fact = kind(**values)
    return fact


# --- instants and plain values -------------------------------------------------------------------


def write_instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()


def read_instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _plain(name: str) -> _Part:
    return _Part(name, lambda _p, _s, value: value, lambda _p, _o, value: value)


def _instant(name: str) -> _Part:
    return _Part(
        name, lambda _p, _s, value: write_instant(value), lambda _p, _o, v: read_instant(v)
    )


def _list(name: str) -> _Part:
    return _Part(name, lambda _p, _s, value: list(value), lambda _p, _o, value: tuple(value))


def _span(name: str) -> _Part:
    return _Part(name, lambda _p, _s, span: str(span), lambda _p, _o, text: parse_span(text))


def _enum(name: str, kind: type[StrEnum]) -> _Part:
    return _Part(name, lambda _p, _s, value: str(value), lambda _p, _o, value: kind(value))


def _later(part: _Part) -> _Part:
    return replace(part, later=True)


def _sealed(name: str) -> _Part:
    """Values already written as JSON, all of them personal."""
    return _Part(
        name,
        lambda _p, sealer, value: sealer.seal(dict(value)) if value else {},
        lambda _p, opener, value: (opener.open(value) or {}) if value else {},
    )


def _personal(name: str) -> _Part:
    return _Part(
        name,
        lambda _p, sealer, value: sealer.seal(value) if value else "",
        lambda _p, opener, value: (opener.open(value) or "") if value else "",
    )


# --- structured parts ----------------------------------------------------------------------------


def _write_sender(_procedure: Procedure, sealer: Sealer, sender: Sender) -> Json:
    if sender == Sender():
        return None
    return sealer.seal(write_sender(sender))


def _read_sender(_procedure: Procedure, opener: Opener, value: Json) -> Sender:
    opened = None if value is None else opener.open(value)
    return Sender() if opened is None else read_sender(opened)


def write_sender(sender: Sender) -> Json:
    return [sender.name, sender.email, sender.phone]


def read_sender(value: Json) -> Sender:
    return Sender(name=value[0], email=value[1], phone=value[2])


def _write_values(fields: Mapping[str, Field], sealer: Sealer, values: Mapping[str, Any]) -> Json:
    written = {}
    for name, value in values.items():
        field = fields[name]
        plain = encode(field, value)
        secret = field.personal and plain is not None
        written[name] = sealer.seal(plain) if secret else plain
    return written


def _read_values(fields: Mapping[str, Field], opener: Opener, written: Json) -> dict[str, Any]:
    values = {}
    for name, plain in written.items():
        field = fields[name]
        sealed = field.personal and plain is not None
        values[name] = decode(field, opener.open(plain) if sealed else plain)
    return values


def _fields(name: str) -> _Part:
    return _Part(
        name,
        lambda procedure, sealer, values: _write_values(procedure.fields, sealer, values),
        lambda procedure, opener, written: _read_values(procedure.fields, opener, written),
    )


def _attributes(name: str) -> _Part:
    return _Part(
        name,
        lambda procedure, sealer, v: _write_values(procedure.party.attributes, sealer, v),
        lambda procedure, opener, w: _read_values(procedure.party.attributes, opener, w),
    )


def _write_party(procedure: Procedure, sealer: Sealer, party: PartyView) -> Json:
    values = _write_values(procedure.party.attributes, sealer, party.attributes)
    more = write_more(procedure.party, party, _hiding(sealer))
    return [party.ref, party.lifecycle, values, *more]


def _read_party(procedure: Procedure, opener: Opener, written: Json) -> PartyView:
    ref, lifecycle, attributes, *rest = written
    values = _read_values(procedure.party.attributes, opener, attributes)
    more = read_more(procedure.party, rest, _showing(opener))
    return PartyView(ref=ref, lifecycle=lifecycle, attributes=values, **more)


def _hiding(sealer: Sealer) -> Hide:
    return lambda field, value: sealer.seal(value) if _is_secret(field, value) else value


def _showing(opener: Opener) -> Hide:
    return lambda field, value: opener.open(value) if _is_secret(field, value) else value


def _is_secret(field: Field | None, value: Json) -> bool:
    return value is not None and (field is None or field.personal)


def write_wakes(wakes: tuple[Wake, ...]) -> Json:
    return [[str(wake.kind), write_instant(wake.at)] for wake in wakes]


def read_wakes(written: Json) -> tuple[Wake, ...]:
    return tuple(Wake(WakeKind(kind), datetime.fromisoformat(at)) for kind, at in written)


def write_alarms(alarms: tuple[AlarmAt, ...]) -> Json:
    return [[alarm.name, write_instant(alarm.at)] for alarm in alarms]


def read_alarms(written: Json) -> tuple[AlarmAt, ...]:
    return tuple(AlarmAt(name=name, at=datetime.fromisoformat(at)) for name, at in written)


def write_beat(beat: Beat) -> Json:
    return [
        write_instant(beat.anchor_at),
        beat.turns,
        write_instant(beat.nominal_at),
        write_instant(beat.next_at),
    ]


def read_beat(written: Json) -> Beat:
    return Beat(
        anchor_at=read_instant(written[0]),
        turns=written[1],
        nominal_at=read_instant(written[2]),
        next_at=read_instant(written[3]),
    )


def write_reminders(reminders: tuple[tuple[int, datetime], ...]) -> Json:
    return [[number, write_instant(at)] for number, at in reminders]


def read_reminders(written: Json) -> tuple[tuple[int, datetime], ...]:
    return tuple((number, datetime.fromisoformat(at)) for number, at in written)


_BEAT = _Part("beat", lambda _p, _s, v: write_beat(v), lambda _p, _o, v: read_beat(v))
_REMINDERS = _Part(
    "reminders", lambda _p, _s, v: write_reminders(v), lambda _p, _o, v: read_reminders(v)
)
_SENDER = _Part("sender", _write_sender, _read_sender)
_PARTY = _Part("party", _write_party, _read_party)
_EXECUTIVE = _Part(
    "executive",
    lambda _p, sealer, value: write_person(value, _hiding(sealer)),
    lambda _p, opener, value: read_person(value, _showing(opener)),
)
_DAY = _Part("on", lambda _p, _s, day: day.isoformat(), lambda _p, _o, v: date.fromisoformat(v))
_WAKES = _Part("wakes", lambda _p, _s, v: write_wakes(v), lambda _p, _o, v: read_wakes(v))
_ALARMS = _Part("alarms", lambda _p, _s, v: write_alarms(v), lambda _p, _o, v: read_alarms(v))
_VISIT = (_plain("step"), _plain("visit"))

_SHAPES: Mapping[type[Any], tuple[str, tuple[_Part, ...]]] = {
    f.Opened: (
        "opened",
        (
            _plain("number"),
            _plain("channel"),
            _plain("office"),
            _personal("subject"),
            _SENDER,
            _instant("at"),
            _later(_plain("depth")),
        ),
    ),
    f.PartyLinked: ("party", (_PARTY,)),
    f.PartyRecorded: ("record", (_plain("ref"), _attributes("attributes"), _plain("lifecycle"))),
    f.Entrusted: ("entrust", (_plain("ref"), _EXECUTIVE)),
    f.ActivityCounted: ("activity", (_plain("ref"), _plain("kind"), _DAY)),
    f.FieldsSet: ("set", (_fields("values"),)),
    f.Corrected: ("correct", (_fields("values"), _personal("reason"))),
    f.TrackBegun: ("begin", (_plain("track"),)),
    f.TrackEnded: ("end", (_plain("track"), _plain("result"))),
    f.StepEntered: (
        "enter",
        (*_VISIT, _instant("at"), _plain("assignee"), _WAKES, _later(_plain("asks"))),
    ),
    f.StepDone: ("done", (*_VISIT, _instant("at"), _list("checked"), _later(_plain("by")))),
    f.Signed: ("sign", (*_VISIT, _plain("role"), _plain("by"), _instant("at"))),
    f.SentBack: (
        "return",
        (*_VISIT, _plain("role"), _plain("by"), _personal("reason"), _instant("at")),
    ),
    f.StepLeft: ("leave", (*_VISIT, _instant("at"))),
    f.StepSkipped: ("skip", (_plain("step"),)),
    f.Asked: ("ask", (*_VISIT, _plain("connector"), _sealed("given"), _plain("order"))),
    f.Answered: ("answer", (*_VISIT, _plain("source"), _plain("as_of"), _instant("at"))),
    f.Unanswered: ("no_answer", (*_VISIT, _plain("reason"), _instant("at"))),
    f.CaseOwed: (
        "owe_case",
        (_plain("key"), _plain("opening"), _plain("procedure"), _sealed("given")),
    ),
    f.OtherClosed: (
        "other_closed",
        (
            _plain("key"),
            _plain("procedure"),
            _plain("number"),
            _plain("result"),
            _instant("at"),
        ),
    ),
    f.TableRead: ("table", (_plain("table"), _list("rows"))),
    f.Scored: ("score", (_plain("questionnaire"), _plain("points"), _plain("band"))),
    f.Assigned: ("assign", (*_VISIT, _plain("assignee"))),
    f.MessageOwed: (
        "owe",
        (
            _plain("key"),
            _plain("message"),
            _plain("digest"),
            _plain("via"),
            _personal("to"),
            _personal("subject"),
            _personal("body"),
            _plain("adapted"),
            _plain("automatic"),
            _list("attachments"),
            _later(_plain("instead_of")),
        ),
    ),
    f.MessageImpossible: ("impossible", (_plain("message"), _plain("reason"))),
    f.DeliveryKnown: (
        "delivery",
        (_plain("key"), _enum("delivery", f.Delivery), _personal("detail"), _instant("at")),
    ),
    f.MessageReceived: (
        "receive",
        (_plain("ref"), _instant("at"), _list("files"), _plain("robot")),
    ),
    f.ActionTaken: ("act", (_plain("action"), _instant("at"), _list("checked"))),
    f.EntryMade: (
        "entry",
        (_plain("catalogue"), _plain("code"), _instant("at"), _later(_fields("values"))),
    ),
    f.Noted: ("note", (_personal("text"), _instant("at"))),
    f.DeadlineStarted: (
        "clock",
        (
            _plain("name"),
            _instant("started_at"),
            _instant("due_at"),
            _ALARMS,
            _later(_span("term")),
        ),
    ),
    f.DeadlineStopped: (
        "halt",
        (_plain("name"), _enum("kind", PauseKind), _instant("begins"), _personal("reason")),
    ),
    f.DeadlineResumed: (
        "go_on",
        (
            _plain("name"),
            _enum("kind", PauseKind),
            _instant("ends"),
            _instant("due_at"),
            _ALARMS,
        ),
    ),
    f.DeadlineExtended: (
        "extend",
        (
            _plain("name"),
            _span("by"),
            _personal("reason"),
            _instant("at"),
            _instant("due_at"),
            _ALARMS,
        ),
    ),
    f.AlarmFired: ("alarm", (_plain("deadline"), _plain("alarm"), _instant("due_at"))),
    f.DeadlineLate: ("late", (_plain("name"), _instant("due_at"))),
    f.DeadlineEnded: ("stop", (_plain("name"), _enum("outcome", Outcome), _instant("at"))),
    f.Reminded: ("remind", (*_VISIT, _WAKES)),
    f.GivenUp: ("give_up", _VISIT),
    f.ScheduleStarted: ("schedule", (_plain("name"), _instant("at"), _BEAT)),
    f.ScheduleFired: (
        "repeat",
        (_plain("name"), _instant("due_at"), _BEAT, _later(_plain("skipped"))),
    ),
    f.ScheduleMoved: ("reschedule", (_plain("name"), _BEAT)),
    f.ScheduleEnded: (
        "unschedule",
        (_plain("name"), _enum("why", f.ScheduleEnd), _instant("at")),
    ),
    f.OptedOut: ("opt_out", (_plain("schedule"), _plain("by"), _instant("at"))),
    f.ItemMarked: (
        "mark",
        (
            _plain("checklist"),
            _plain("item"),
            _Part(
                "mark",
                lambda _p, _s, mark: mark and str(mark),
                lambda _p, _o, text: Mark(text) if text else None,
            ),
            _plain("by"),
            _instant("at"),
            _later(_personal("note")),
        ),
    ),
    f.Booked: (
        "book",
        (_plain("name"), _instant("at"), _plain("moved"), _later(_REMINDERS)),
    ),
    f.AppointmentReminded: (
        "remind_meeting",
        (_plain("name"), _plain("number"), _instant("due_at")),
    ),
    f.AppointmentEnded: (
        "meet",
        (
            _plain("name"),
            _enum("outcome", Meeting),
            _plain("by"),
            _instant("at"),
            _later(_personal("note")),
        ),
    ),
    f.Migrated: (
        "migrate",
        (
            _plain("version"),
            _plain("label"),
            _instant("at"),
            _list("fields"),
            _list("attributes"),
            _list("schedules"),
            _list("checklists"),
            _list("appointments"),
        ),
    ),
    f.DeadlineRecounted: ("recount", (_plain("name"), _instant("due_at"), _ALARMS)),
    f.Closed: ("close", (_plain("result"), _instant("at"))),
    f.Cancelled: ("cancel", (_personal("reason"), _instant("at"))),
    f.Reopened: ("reopen", (_personal("reason"), _instant("at"))),
}
_KINDS = {tag: (kind, parts) for kind, (tag, parts) in _SHAPES.items()}
