"""What repeats, what is ticked off over time, and what is agreed for a day and hour."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.core.engine.builders import AGENT, CHIEF, OUTSIDER, PARTY, Case, procedure
from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import (
    SYSTEM,
    Complete,
    Correct,
    MarkItems,
    Meet,
    OptOut,
    Performer,
    RefusalCode,
    Tick,
)
from ventanilla.core.engine.state import Status, next_wake
from ventanilla.core.engine.timely_state import Mark, Meeting

TEXT = """
fields:
  cada: {type: duration, label: Cada cuánto}
  cierre: {type: date, label: Cierre de negocio}
  cita: {type: datetime, label: Cita}
  importa: {type: boolean, label: Importa}
  anexos: {type: files, label: Anexos}
  veces: {type: integer, label: Veces, default: 0}
steps:
  atender: {who: agente, ask: [importa, cita, cada, cierre]}
  recibir: {who: agente, wait: {for: files, into: anexos, checklist: papeles}}
  revisar: {who: agente, checklist: papeles}
  visitar: {wait: {for: appointment, appointment: visita}}
  cerrar: {who: jefe, requires: checklist papeles, do: Cerrar, end: fin}
tracks:
  lado: {from: opened, steps: {mirar: {who: jefe, do: Mirar}}}
actions:
  pedir: {who: agente, send: aviso}
schedules:
  mensual: {from: opened, every: 1 month, times: 4, set: {veces: veces + 1}}
  estado:
    from: opened
    every: cada
    until: done atender
    send: aviso
    opt_out: {title: No más, who: agente, cancel_track: lado}
  negocio: {from: opened, first: cierre, every: 1 year, times: 1, send: aviso}
  habil:
    from: acted pedir
    every: 12 hours
    times: 2
    office_hours: true
    if: importa
    note: Aviso
checklists:
  papeles:
    who: agente
    items:
      guia: Guía
      poliza: {text: Póliza, if: importa}
      foto: {text: Foto, optional: true}
appointments:
  visita: {at: cita, who: agente, remind: [{before: 2 days, send: aviso}]}
rules:
  - {on: complete papeles, do: {note: Completo}}
  - {on: moved visita, do: {note: Cambiada}}
  - {on: missed visita, do: {note: Faltaron}}
"""
PROCEDURE = procedure(TEXT, {"aviso": "Sigue su curso."})


def begun(**values: Any) -> Case:
    case = Case(PROCEDURE)
    case.open(**values)
    return case


def utc(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def mark(case: Case, by: Performer = AGENT, **marks: Any) -> tuple[f.Fact, ...]:
    given = {
        item: value if isinstance(value, tuple) else (value, "") for item, value in marks.items()
    }
    command = MarkItems(checklist="papeles", marks=given, happened_at=case.now)
    return case.accept(command, by)


# --- schedules -----------------------------------------------------------------------------------


def test_schedule_it_keeps_the_last_day_of_the_month() -> None:
    case = Case(PROCEDURE, now=utc(2026, 1, 31, 15))
    case.open()

    case.now = utc(2026, 12, 1)
    case.accept(Tick())

    fired = [fact.due_at for fact in case.told(f.ScheduleFired) if fact.name == "mensual"]
    assert fired == [
        utc(2026, 2, 28, 15),
        utc(2026, 3, 31, 15),
        utc(2026, 4, 30, 15),
        utc(2026, 5, 31, 15),
    ]
    assert case.state.fields["veces"] == 4
    assert "mensual" not in case.state.schedules


@pytest.mark.covers("CL-34")
def test_schedule_its_interval_is_what_the_field_says_from_the_moment_it_says_it() -> None:
    case = begun()
    assert case.state.schedules["estado"].beat.next_at is None

    case.accept(
        Correct(
            values={"cada": Span(amount=1, unit=Unit.WEEK)}, reason="Pide", happened_at=case.now
        ),
        CHIEF,
    )
    assert case.state.schedules["estado"].beat.next_at == case.now + timedelta(days=7)
    case.wait(days=2)
    case.accept(
        Correct(
            values={"cada": Span(amount=1, unit=Unit.DAY)}, reason="Pide", happened_at=case.now
        ),
        CHIEF,
    )

    assert case.state.messages == {}
    case.accept(Tick())
    assert case.state.messages == {"aviso": 1}
    assert case.state.schedules["estado"].beat.next_at == case.now + timedelta(days=1)


def test_schedule_its_first_time_is_the_date_once_it_is_known() -> None:
    case = begun()

    case.do("atender", by=AGENT, cierre=utc(2026, 4, 1).date())
    case.wait(days=30)

    (fired,) = [fact for fact in case.told(f.ScheduleFired) if fact.name == "negocio"]
    assert fired.due_at == utc(2026, 4, 1, 5)


def test_schedule_it_waits_for_the_office_and_for_its_condition() -> None:
    case = begun(importa=True)

    case.act("pedir", by=AGENT)
    case.wait(hours=24)

    fired = [fact for fact in case.told(f.ScheduleFired) if fact.name == "habil"]
    assert [fact.due_at for fact in fired] == [utc(2026, 3, 17, 14), utc(2026, 3, 17, 15)]
    assert [fact.text for fact in case.told(f.Noted)] == ["Aviso", "Aviso"]


def test_schedule_its_time_passes_without_deeds_when_the_condition_does_not_hold() -> None:
    case = begun(importa=False)

    case.act("pedir", by=AGENT)
    case.wait(hours=24)

    fired = [fact for fact in case.told(f.ScheduleFired) if fact.name == "habil"]
    assert [fact.skipped for fact in fired] == [True, True]
    assert case.told(f.Noted) == []


@pytest.mark.covers("PC-158", "PC-159")
def test_opt_out_it_ends_the_schedule_for_good_with_its_consequence() -> None:
    case = begun(cada=Span(amount=1, unit=Unit.DAY))
    command = OptOut(schedule="estado", happened_at=case.now)

    case.accept(command, PARTY)
    again = case.accept(command, AGENT)
    case.wait(days=3)

    assert again == ()
    assert "estado" not in case.state.schedules
    assert case.state.messages == {}
    assert case.told(f.TrackEnded) == [f.TrackEnded(track="lado")]
    case.check_whole()


@pytest.mark.parametrize(
    ("schedule", "by", "code"),
    [
        ("mensual", PARTY, RefusalCode.SCHEDULE_UNKNOWN),
        ("nada", PARTY, RefusalCode.SCHEDULE_UNKNOWN),
        ("estado", OUTSIDER, RefusalCode.NOT_YOURS),
    ],
)
def test_opt_out_it_is_refused(schedule: str, by: Performer, code: RefusalCode) -> None:
    case = begun()

    assert case.refuse(OptOut(schedule=schedule, happened_at=case.now), by).code is code


def test_schedule_it_ends_with_the_case() -> None:
    case = begun(cada=Span(amount=1, unit=Unit.DAY))
    case.do("atender", by=AGENT)
    mark(case, guia=Mark.ACCEPTED)
    case.do("revisar", by=AGENT)
    case.do("mirar", checked=("1",))
    case.accept(Correct(values={"cita": case.now}, reason="Hoy", happened_at=case.now), CHIEF)
    case.accept(Meet(appointment="visita", outcome=Meeting.KEPT, happened_at=case.now), AGENT)
    case.do("cerrar", checked=("1",))

    assert case.state.status is Status.CLOSED
    assert next_wake(case.state) is None
    case.check_whole()


# --- checklists ----------------------------------------------------------------------------------


@pytest.mark.covers("CL-19")
def test_checklist_it_says_who_received_and_observed_what_and_when() -> None:
    case = begun(importa=True)

    mark(case, guia=Mark.RECEIVED)
    case.wait(hours=1)
    mark(case, guia=(Mark.OBSERVED, "Sin firma"))

    made = case.state.marks["papeles"]["guia"]
    assert (made.mark, made.by, made.at, made.note) == (
        Mark.OBSERVED,
        "alma",
        case.now,
        "Sin firma",
    )
    case.check_whole()


def test_checklist_it_gates_the_step_that_requires_it() -> None:
    case = begun(importa=True)
    case.do("atender", by=AGENT, importa=True)
    assert case.at() == ["mirar", "recibir"]

    mark(case, guia=Mark.RECEIVED)
    assert case.at() == ["mirar", "recibir"]
    mark(case, poliza=Mark.RECEIVED)
    assert case.at() == ["mirar", "revisar"]
    unjudged = case.refuse(case.completing("revisar"), AGENT)
    mark(case, guia=Mark.ACCEPTED, poliza=(Mark.OBSERVED, "Vencida"))
    case.do("revisar", by=AGENT)

    assert unjudged.code is RefusalCode.CHECKLIST_INCOMPLETE
    assert unjudged.params["missing"] == "Guía; Póliza"
    assert case.at() == ["mirar", "visitar"]
    assert case.told(f.Noted) == []


def test_checklist_it_is_complete_once_the_last_item_that_counts_is_accepted() -> None:
    case = begun(importa=False)

    mark(case, guia=Mark.ACCEPTED)

    assert [fact.text for fact in case.told(f.Noted)] == ["Completo"]
    assert mark(case, guia=Mark.ACCEPTED) == ()


def test_files_they_do_not_end_a_wait_that_somebody_has_to_judge() -> None:
    case = begun()
    case.do("atender", by=AGENT)

    case.receive("guia.pdf")

    assert case.at() == ["mirar", "recibir"]
    assert case.state.fields["anexos"] == ("guia.pdf",)
    refused = case.refuse(Complete(task="recibir#1", happened_at=case.now), AGENT)
    assert refused.code is RefusalCode.CHECKLIST_INCOMPLETE


def test_wait_it_is_over_at_once_when_all_had_come_before() -> None:
    case = begun()
    mark(case, guia=Mark.RECEIVED)

    case.do("atender", by=AGENT)

    assert case.at() == ["mirar", "revisar"]


@pytest.mark.parametrize(
    ("marks", "by", "code"),
    [
        ({"nada": (Mark.RECEIVED, "")}, AGENT, RefusalCode.ITEM_UNKNOWN),
        ({"poliza": (Mark.RECEIVED, "")}, AGENT, RefusalCode.ITEM_UNKNOWN),
        ({"guia": (Mark.OBSERVED, " ")}, AGENT, RefusalCode.OBSERVATION_NEEDED),
        ({"guia": (Mark.RECEIVED, "")}, OUTSIDER, RefusalCode.NOT_YOURS),
    ],
)
def test_marking_it_is_refused(marks: Any, by: Performer, code: RefusalCode) -> None:
    case = begun()

    command = MarkItems(checklist="papeles", marks=marks, happened_at=case.now)

    assert case.refuse(command, by).code is code


# --- appointments --------------------------------------------------------------------------------


@pytest.mark.covers("PC-77", "PC-78")
def test_appointment_it_is_booked_moved_and_reminded_by_its_date() -> None:
    first, second = utc(2026, 3, 20, 15), utc(2026, 3, 24, 15)
    case = begun(cita=first)
    case.wait(days=1)

    case.accept(
        Meet(
            appointment="visita",
            outcome=Meeting.BOOKED,
            happened_at=case.now,
            moved_to=second,
            note="Viaja",
        ),
        AGENT,
    )
    case.wait(days=4)
    assert case.state.messages == {}
    case.wait(days=2)

    assert case.state.messages == {"aviso": 1}
    assert case.state.bookings["visita"].moves == 1
    assert [fact.text for fact in case.told(f.Noted)] == ["Viaja", "Cambiada"]
    case.check_whole()


def test_appointment_it_cannot_be_kept_before_its_hour_nor_twice() -> None:
    case = begun(cita=utc(2026, 3, 20, 15))
    meet = {"appointment": "visita", "outcome": Meeting.MISSED}

    early = case.refuse(Meet(**meet, happened_at=case.now), AGENT)  # type: ignore[arg-type]
    case.wait(days=5)
    foreign = case.refuse(Meet(**meet, happened_at=case.now), OUTSIDER)  # type: ignore[arg-type]
    case.accept(Meet(**meet, happened_at=case.now), AGENT)  # type: ignore[arg-type]
    twice = case.refuse(Meet(**meet, happened_at=case.now), AGENT)  # type: ignore[arg-type]

    assert [one.code for one in (early, foreign, twice)] == [
        RefusalCode.APPOINTMENT_TO_COME,
        RefusalCode.NOT_YOURS,
        RefusalCode.NO_APPOINTMENT,
    ]
    assert [fact.text for fact in case.told(f.Noted)] == ["Faltaron"]


def test_appointment_it_is_called_off_when_its_date_is_taken_away() -> None:
    case = begun(cita=utc(2026, 3, 20, 15))

    case.accept(Correct(values={"cita": None}, reason="Ya no", happened_at=case.now), SYSTEM)

    assert case.state.bookings["visita"].status is Meeting.CALLED_OFF
    assert next_wake(case.state) is not None
    assert case.state.bookings["visita"].reminders == ()
