"""State to JSON and back, compact: it is read and written with every command of a case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ventanilla.core.businesstime import Extension, Pause, PauseKind, parse_span
from ventanilla.core.definition.model import Field, Procedure
from ventanilla.core.definition.values import decode, encode
from ventanilla.core.engine.codec import (
    read_alarms,
    read_beat,
    read_instant,
    read_reminders,
    read_sender,
    read_wakes,
    write_alarms,
    write_beat,
    write_instant,
    write_reminders,
    write_sender,
    write_wakes,
)
from ventanilla.core.engine.party_codec import plain, read_more, write_more
from ventanilla.core.engine.sealing import Json
from ventanilla.core.engine.state import (
    ActiveStep,
    Child,
    Ordered,
    Outcome,
    PartyView,
    Running,
    Sender,
    Settled,
    State,
    Status,
    TrackStatus,
    visit_key,
)
from ventanilla.core.engine.timely_state import (
    Booking,
    Mark,
    Marked,
    Meeting,
    Repeating,
)


def write_state(procedure: Procedure, state: State) -> Json:
    """Return the state as JSON values."""
    return {
        "st": str(state.status),
        "no": state.number,
        "ch": state.channel,
        "of": state.office,
        "su": state.subject,
        "op": write_instant(state.opened_at),
        "cl": write_instant(state.closed_at),
        "re": state.result,
        "se": None if state.sender == Sender() else write_sender(state.sender),
        "pa": _write_party(procedure, state.party),
        "fi": _write_values(procedure.fields, state.fields),
        "vi": dict(state.visits),
        "ac": [_write_active(active) for active in state.active.values()],
        "tr": {name: str(status) for name, status in state.tracks.items()},
        "ru": {name: _write_running(clock) for name, clock in state.running.items()},
        "dl": {name: _write_settled(clock) for name, clock in state.settled.items()},
        "ms": dict(state.messages),
        "si": {step: list(people) for step, people in state.signed.items()},
        "rp": dict(state.replaced),
        **_write_timely(state),
        "en": [[code, count] for code, count in state.noted.items()],
        **_write_outside(state),
        "ha": [[step, person] for step, person in state.hands.items()],
    }


def read_state(procedure: Procedure, written: Json) -> State:
    """Return the state that was written for a case of this procedure."""
    active = [_read_active(item) for item in written["ac"]]
    return State(
        status=Status(written["st"]),
        number=written["no"],
        channel=written["ch"],
        office=written["of"],
        subject=written["su"],
        opened_at=read_instant(written["op"]),
        closed_at=read_instant(written["cl"]),
        result=written["re"],
        sender=Sender() if written["se"] is None else read_sender(written["se"]),
        party=_read_party(procedure, written["pa"]),
        fields=_read_values(procedure.fields, written["fi"]),
        visits=written["vi"],
        active={visit_key(step.step, step.visit): step for step in active},
        tracks={name: TrackStatus(status) for name, status in written["tr"].items()},
        running={name: _read_running(clock) for name, clock in written["ru"].items()},
        settled={name: _read_settled(clock) for name, clock in written["dl"].items()},
        messages=written["ms"],
        signed={step: tuple(people) for step, people in written.get("si", {}).items()},
        replaced=dict(written.get("rp", {})),
        **_read_timely(written),
        noted=dict(written.get("en", ())),
        hands=dict(written.get("ha", ())),
        orders={name: _read_order(one) for name, one in written.get("or", {}).items()},
        children={
            key: Child(opening=opening, procedure=code, closed=closed)
            for key, opening, code, closed in written.get("ca", ())
        },
        depth=written.get("de", 0),
    )


def _write_timely(state: State) -> Json:
    return {
        "sc": {
            name: [write_instant(one.started_at), write_beat(one.beat), one.done]
            for name, one in state.schedules.items()
        },
        "oo": list(state.opted_out),
        "ma": {
            checklist: {
                item: [str(one.mark), one.by, write_instant(one.at), one.note]
                for item, one in marks.items()
            }
            for checklist, marks in state.marks.items()
        },
        "bo": {
            name: [
                write_instant(one.at),
                str(one.status),
                one.moves,
                write_reminders(one.reminders),
            ]
            for name, one in state.bookings.items()
        },
    }


def _read_timely(written: Json) -> dict[str, Any]:
    return {
        "schedules": {
            name: Repeating(
                started_at=datetime.fromisoformat(started_at), beat=read_beat(beat), done=done
            )
            for name, (started_at, beat, done) in written.get("sc", {}).items()
        },
        "opted_out": tuple(written.get("oo", ())),
        "marks": {
            checklist: {
                item: Marked(mark=Mark(mark), by=by, at=datetime.fromisoformat(at), note=note)
                for item, (mark, by, at, note) in marks.items()
            }
            for checklist, marks in written.get("ma", {}).items()
        },
        "bookings": {
            name: Booking(
                at=datetime.fromisoformat(at),
                status=Meeting(status),
                moves=moves,
                reminders=read_reminders(reminders),
            )
            for name, (at, status, moves, reminders) in written.get("bo", {}).items()
        },
    }


def _write_values(fields: Mapping[str, Field], values: Mapping[str, Any]) -> Json:
    return {name: encode(fields[name], value) for name, value in values.items()}


def _read_values(fields: Mapping[str, Field], written: Json) -> dict[str, Any]:
    return {name: decode(fields[name], value) for name, value in written.items()}


def _write_party(procedure: Procedure, party: PartyView | None) -> Json:
    if party is None:
        return None
    attributes = _write_values(procedure.party.attributes, party.attributes)
    return [party.ref, party.lifecycle, attributes, *write_more(procedure.party, party, plain)]


def _read_party(procedure: Procedure, written: Json) -> PartyView | None:
    if written is None:
        return None
    ref, lifecycle, attributes, *rest = written
    return PartyView(
        ref=ref,
        lifecycle=lifecycle,
        attributes=_read_values(procedure.party.attributes, attributes),
        **read_more(procedure.party, rest, plain),
    )


def _write_outside(state: State) -> Json:
    """What the case owed outside itself; nothing for one that never did."""
    found: dict[str, Json] = {}
    if state.orders:
        found["or"] = {
            step: [one.key, dict(one.given), one.times, one.done]
            for step, one in state.orders.items()
        }
    if state.children:
        found["ca"] = [
            [key, one.opening, one.procedure, one.closed] for key, one in state.children.items()
        ]
    if state.depth:
        found["de"] = state.depth
    return found


def _read_order(written: Json) -> Ordered:
    key, given, times, done = written
    return Ordered(key=key, given=given, times=times, done=done)


def _write_active(active: ActiveStep) -> Json:
    return [
        active.step,
        active.visit,
        write_instant(active.entered_at),
        active.assignee,
        active.reminded,
        write_wakes(active.wakes),
        *([active.asks] if active.asks else []),
    ]


def _read_active(written: Json) -> ActiveStep:
    step, visit, entered_at, assignee, reminded, wakes, *asks = written
    return ActiveStep(
        step=step,
        visit=visit,
        entered_at=datetime.fromisoformat(entered_at),
        assignee=assignee,
        reminded=reminded,
        wakes=read_wakes(wakes),
        asks=asks[0] if asks else "",
    )


def _write_running(clock: Running) -> Json:
    return [
        write_instant(clock.started_at),
        write_instant(clock.due_at),
        write_alarms(clock.alarms),
        clock.late,
        *_write_stops(clock),
    ]


def _write_stops(clock: Running | Settled) -> list[Json]:
    """How the clock stood and was extended, and a term of its own; nothing for most clocks."""
    if not clock.pauses and not clock.extensions and clock.term is None:
        return []
    pauses = [
        [str(one.kind), write_instant(one.begins), write_instant(one.ends), one.reason]
        for one in clock.pauses
    ]
    extensions = [[str(one.span), one.reason] for one in clock.extensions]
    return [pauses, extensions, *([] if clock.term is None else [str(clock.term)])]


def _read_stops(written: list[Json]) -> dict[str, Any]:
    pauses, extensions, *term = written or ((), ())
    return {
        "pauses": tuple(
            Pause(
                kind=PauseKind(kind),
                begins=datetime.fromisoformat(begins),
                ends=read_instant(ends),
                reason=reason,
            )
            for kind, begins, ends, reason in pauses
        ),
        "extensions": tuple(
            Extension(span=parse_span(span), reason=reason) for span, reason in extensions
        ),
        "term": parse_span(term[0]) if term else None,
    }


def _read_running(written: Json) -> Running:
    started_at, due_at, alarms, late, *stops = written
    return Running(
        started_at=datetime.fromisoformat(started_at),
        due_at=read_instant(due_at),
        alarms=read_alarms(alarms),
        late=late,
        **_read_stops(stops),
    )


def _write_settled(clock: Settled) -> Json:
    return [
        write_instant(clock.started_at),
        write_instant(clock.due_at),
        write_instant(clock.ended_at),
        str(clock.outcome),
        *_write_stops(clock),
    ]


def _read_settled(written: Json) -> Settled:
    started_at, due_at, ended_at, outcome, *stops = written
    return Settled(
        started_at=datetime.fromisoformat(started_at),
        due_at=read_instant(due_at),
        ended_at=datetime.fromisoformat(ended_at),
        outcome=Outcome(outcome),
        **_read_stops(stops),
    )
