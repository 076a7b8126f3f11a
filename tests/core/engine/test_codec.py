"""Facts and state as JSON: nothing is lost, and nothing personal stands in what is written."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from json import dumps, loads
from typing import Any, get_args

import pytest

from tests.core.engine.builders import procedure
from ventanilla.core.businesstime import Extension, Pause, PauseKind, Span, Unit
from ventanilla.core.definition.expressions import Person
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.codec import read_facts, write_facts
from ventanilla.core.engine.sealing import canonical, commitment, entry_hash
from ventanilla.core.engine.state import (
    ActiveStep,
    Agreed,
    AlarmAt,
    Child,
    Ordered,
    Outcome,
    PartyView,
    Running,
    Sender,
    Settled,
    State,
    Status,
    Tally,
    TrackStatus,
    Wake,
    WakeKind,
)
from ventanilla.core.engine.state_codec import read_state, write_state
from ventanilla.core.engine.timely_state import (
    Beat,
    Booking,
    Mark,
    Marked,
    Meeting,
    Repeating,
)

AT = datetime(2026, 3, 16, 15, 0, 7, 250_000, tzinfo=UTC)
LATER = AT + timedelta(hours=3)
SECRET = "Ana Solís"
PROCEDURE = procedure("""
    fields: {nombre: {type: text, label: N}, monto: {type: integer, label: M}}
    steps: {uno: {who: jefe, ask: [nombre, monto], end: fin}}
""")
WAKES = (Wake(WakeKind.REMIND, AT), Wake(WakeKind.GIVE_UP, LATER))
ALARMS = (AlarmAt(name="antes", at=AT),)
EXECUTIVE = Person(key="alma", name=SECRET)
VIEW = PartyView(
    ref="p1",
    lifecycle="activo",
    attributes={"name": SECRET, "city": "Lima"},
    executive=EXECUTIVE,
    tallies=(Tally(kind="feria", year=2026, count=2, first=AT.date(), last=LATER.date()),),
    agreed=(
        Agreed(name="plazo", value=Span(amount=2, unit=Unit.DAY), since=AT.date()),
        Agreed(name="credito", value=SECRET, until=AT.date()),
    ),
)

BEAT = Beat(anchor_at=AT, turns=2, nominal_at=AT, next_at=LATER)

FACTS: tuple[f.Fact, ...] = (
    f.Opened(
        number="1",
        channel="email",
        office="centro",
        subject=SECRET,
        sender=Sender(name=SECRET, email=SECRET, phone=SECRET),
        at=AT,
        depth=2,
    ),
    f.PartyLinked(party=VIEW),
    f.PartyRecorded(ref="p1", attributes={"name": SECRET, "email": None}, lifecycle="nuevo"),
    f.Entrusted(ref="p1", executive=EXECUTIVE),
    f.ActivityCounted(ref="p1", kind="feria", on=AT.date()),
    f.FieldsSet(values={"nombre": SECRET, "monto": 3}),
    f.Corrected(values={"nombre": SECRET}, reason=SECRET),
    f.TrackBegun(track="main"),
    f.TrackEnded(track="main", result="fin"),
    f.StepEntered(step="uno", visit=2, at=AT, assignee="alma", wakes=WAKES, asks="deuda"),
    f.StepDone(step="uno", visit=2, at=AT, checked=("1", "2"), by="alma"),
    f.Signed(step="uno", visit=2, role="jefe", by="julio", at=AT),
    f.SentBack(step="uno", visit=2, role="jefe", by="julio", reason=SECRET, at=AT),
    f.StepLeft(step="uno", visit=2, at=AT),
    f.StepSkipped(step="uno"),
    f.Asked(step="uno", visit=2, connector="deuda", given={"ci": SECRET}, order="7/uno/1"),
    f.Answered(step="uno", visit=2, source="table", as_of="2026-03-02", at=AT),
    f.Unanswered(step="uno", visit=2, reason="late", at=AT),
    f.CaseOwed(key="uno#1", opening="uno", procedure="X-1", given={"nombre": SECRET}),
    f.OtherClosed(key="uno#1", procedure="X-1", number="8", result="fin", at=AT),
    f.TableRead(table="t", rows=("1", "3")),
    f.Scored(questionnaire="q", points="2.5", band="alto"),
    f.Assigned(step="uno", visit=2, assignee="alma"),
    f.MessageOwed(
        key="carta#1",
        message="carta",
        digest="d",
        via="email",
        to=SECRET,
        subject=SECRET,
        body=SECRET,
        adapted=True,
        automatic=True,
        attachments=("guia.pdf",),
        instead_of="carta#0",
    ),
    f.MessageImpossible(message="carta", reason="no_address"),
    f.DeliveryKnown(key="carta#1", delivery=f.Delivery.FAILED, detail=SECRET, at=AT),
    f.MessageReceived(ref="m1", at=AT, files=("uno.pdf",), robot=True),
    f.ActionTaken(action="apurar", at=AT, checked=("1",)),
    f.EntryMade(catalogue="glosas", code="10110", at=AT, values={"nombre": SECRET}),
    f.Noted(text=SECRET, at=AT),
    f.DeadlineStarted(
        name="plazo",
        started_at=AT,
        due_at=LATER,
        alarms=ALARMS,
        term=Span(amount=2, unit=Unit.BUSINESS_DAY),
    ),
    f.DeadlineStopped(name="plazo", kind=PauseKind.SUSPENSION, begins=AT, reason=SECRET),
    f.DeadlineResumed(name="plazo", kind=PauseKind.WAITING, ends=AT, due_at=LATER, alarms=ALARMS),
    f.DeadlineExtended(
        name="plazo",
        by=Span(amount=2, unit=Unit.BUSINESS_DAY),
        reason=SECRET,
        at=AT,
        due_at=LATER,
        alarms=ALARMS,
    ),
    f.AlarmFired(deadline="plazo", alarm="antes", due_at=AT),
    f.DeadlineLate(name="plazo", due_at=AT),
    f.DeadlineEnded(name="plazo", outcome=Outcome.MET_LATE, at=AT),
    f.Reminded(step="uno", visit=2, wakes=WAKES),
    f.GivenUp(step="uno", visit=2),
    f.ScheduleStarted(name="aviso", at=AT, beat=BEAT),
    f.ScheduleFired(name="aviso", due_at=AT, beat=BEAT, skipped=True),
    f.ScheduleMoved(name="aviso", beat=BEAT),
    f.ScheduleEnded(name="aviso", why=f.ScheduleEnd.OPT_OUT, at=AT),
    f.OptedOut(schedule="aviso", by="alma", at=AT),
    f.ItemMarked(
        checklist="papeles", item="guia", mark=Mark.OBSERVED, by="alma", at=AT, note=SECRET
    ),
    f.Booked(name="cita", at=LATER, moved=True, reminders=((0, AT),)),
    f.AppointmentReminded(name="cita", number=1, due_at=AT),
    f.AppointmentEnded(name="cita", outcome=Meeting.MISSED, by="alma", at=AT, note=SECRET),
    f.Migrated(
        version=3,
        label="PR-1 v3",
        at=AT,
        fields=("monto",),
        attributes=("city",),
        schedules=("aviso",),
        checklists=("papeles",),
        appointments=("cita",),
    ),
    f.DeadlineRecounted(name="plazo", due_at=LATER, alarms=ALARMS),
    f.Closed(result="fin", at=AT),
    f.Cancelled(reason=SECRET, at=AT),
    f.Reopened(reason=SECRET, at=AT),
)


def through_json(value: Any) -> Any:
    return loads(dumps(value))


def test_samples_they_are_of_every_kind_of_fact_and_leave_nothing_at_its_default() -> None:
    assert {type(fact) for fact in FACTS} == set(get_args(f.Fact))
    left = [
        f"{type(fact).__name__}.{one.name}"
        for fact in FACTS
        for one in fields(fact)
        if getattr(fact, one.name) in ("", (), None, False)
    ]
    assert not left


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
def test_fact_it_is_read_as_it_was_written(fact: f.Fact) -> None:
    written, personal = through_json(write_facts(PROCEDURE, (fact,)))

    assert read_facts(PROCEDURE, written, personal) == (fact,)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
def test_fact_it_is_written_without_anything_personal(fact: f.Fact) -> None:
    written, _ = write_facts(PROCEDURE, (fact,))

    assert SECRET not in dumps(written, ensure_ascii=False)


def test_facts_without_their_personal_values_they_are_read_with_those_missing() -> None:
    written, personal = write_facts(PROCEDURE, FACTS)

    read = read_facts(PROCEDURE, written, [None] * len(personal))

    assert [type(fact) for fact in read] == [type(fact) for fact in FACTS]
    assert SECRET not in repr(read)
    assert f.FieldsSet(values={"nombre": None, "monto": 3}) in read


def test_state_it_is_read_as_it_was_written() -> (
    None
):  # house: long-function, because it lists every attribute
    state = State(
        status=Status.CLOSED,
        number="1",
        channel="email",
        office="centro",
        subject=SECRET,
        opened_at=AT,
        closed_at=LATER,
        result="fin",
        sender=Sender(name=SECRET, email="a@b.example", phone="1"),
        party=VIEW,
        fields={"nombre": SECRET, "monto": None},
        visits={"uno": 2},
        active={
            "uno#2": ActiveStep(
                step="uno",
                visit=2,
                entered_at=AT,
                assignee="alma",
                reminded=1,
                wakes=WAKES,
                asks="x",
            )
        },
        tracks={"main": TrackStatus.BEGUN, "lado": TrackStatus.ENDED},
        running={
            "plazo": Running(started_at=AT, due_at=LATER, alarms=ALARMS, late=True),
            "parado": Running(
                started_at=AT,
                due_at=None,
                pauses=(
                    Pause(kind=PauseKind.WAITING, begins=AT, ends=LATER, reason="Esperar"),
                    Pause(kind=PauseKind.SUSPENSION, begins=LATER, reason=SECRET),
                ),
                extensions=(Extension(span=Span(amount=1, unit=Unit.DAY), reason=SECRET),),
            ),
        },
        settled={
            "otro": Settled(
                started_at=AT,
                due_at=None,
                ended_at=LATER,
                outcome=Outcome.DROPPED,
                term=Span(amount=2, unit=Unit.DAY),
            )
        },
        messages={"carta": 2},
        signed={"visar": ("alma", "julio")},
        schedules={"aviso": Repeating(started_at=AT, beat=BEAT, done=3)},
        opted_out=("otro",),
        replaced={"carta#1": "carta#2"},
        marks={"papeles": {"guia": Marked(mark=Mark.OBSERVED, by="alma", at=AT, note=SECRET)}},
        bookings={"cita": Booking(at=LATER, status=Meeting.KEPT, moves=1, reminders=((0, AT),))},
        noted={"40025": 1, "10110": 2},
        hands={"uno": "alma", "dos": "julio"},
        orders={"uno": Ordered(key="7/uno/1", given={"ci": SECRET}, times=1, done=True)},
        children={"uno#1": Child(opening="uno", procedure="X-1", closed=True)},
        depth=2,
    )
    unset = State()
    left = [
        one.name for one in fields(State) if getattr(state, one.name) == getattr(unset, one.name)
    ]

    assert not left
    assert read_state(PROCEDURE, through_json(write_state(PROCEDURE, state))) == state
    assert read_state(PROCEDURE, through_json(write_state(PROCEDURE, unset))) == unset


def test_commitment_it_depends_on_the_salt_and_on_every_part_of_the_value() -> None:
    value = {"b": [1, "ñ"], "a": None}

    assert commitment(b"salt", value) == commitment(b"salt", {"a": None, "b": [1, "ñ"]})
    assert commitment(b"salt", value) != commitment(b"other", value)
    assert commitment(b"salt", value) != commitment(b"salt", {"b": [1, "n"], "a": None})


def test_writing_for_hashing_it_takes_what_people_paste() -> None:
    assert canonical("\ud800") == b'"\xed\xa0\x80"'


def test_hash_of_an_entry_it_depends_on_the_entry_before() -> None:
    assert entry_hash("a", [1]) != entry_hash("b", [1])
    assert entry_hash("a", [1]) != entry_hash("a", [2])
