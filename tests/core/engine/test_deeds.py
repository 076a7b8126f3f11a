"""What follows by itself from an event, and what actions do beside asking and sending."""

from decimal import Decimal

import pytest

from tests.core.engine.builders import AGENT, Case, procedure
from ventanilla.core.definition.expressions import Entry
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.state import Status, TrackStatus

CODES = "code,label\n10110,Servicio\n40025,Estado\n"
TEXT = """
fields:
  detalle: {type: text, label: Detalle}
  monto: {type: decimal, label: Monto}
  estado: {type: text, label: Estado}
  ultimo: {type: text, label: Último}
  veces: {type: integer, label: Veces}
  cobros:
    type: table
    label: Por cobrar
    columns: {glosa: {type: text, label: Glosa}, monto: {type: decimal, label: Monto}}
catalogues: {glosas: {file: tables/glosas.csv}}
steps: {atender: {who: agente, do: Atender, end: fin}}
tracks:
  difusion: {from: entered atender, steps: {publicar: {who: jefe, do: Publicar, end: publicada}}}
actions:
  anotar: {who: [agente, jefe], entry: {catalogue: glosas}, ask: [detalle, monto]}
  apurar: {who: jefe, note: "Apuro: {{ detalle }}", add: {cobros: {monto: 5}}}
  parar: {who: jefe, cancel_track: difusion}
  archivar: {who: jefe, end: archivada}
rules:
  - on: entry 40025
    do: {set: {estado: entry.detalle, ultimo: entry.code, veces: noted(40025)}}
  - on: entry 10110
    do:
      add: {cobros: {glosa: entry.code, monto: entry.monto}}
      note: "Por cobrar: {{ monto }}"
      cancel_track: difusion
"""
PROCEDURE = procedure(TEXT, sheets={"glosas": CODES})


def begun() -> Case:
    case = Case(PROCEDURE)
    case.open()
    return case


@pytest.mark.covers("CL-26")
def test_entry_its_data_serve_the_rule_that_reacts_to_it() -> None:
    case = begun()

    case.act("anotar", entry_anotar="40025", detalle="En aforo")
    case.act("anotar", entry_anotar="10110", detalle="Fuera de hora")
    case.act("anotar", entry_anotar="40025", detalle="Con levante")

    assert case.state.fields["estado"] == "Con levante"
    assert case.state.fields["ultimo"] == "40025"
    assert case.state.fields["veces"] == 2


@pytest.mark.covers("CL-27")
def test_rule_it_adds_a_row_for_each_service_to_be_billed() -> None:
    case = begun()

    case.act("anotar", entry_anotar="10110", monto=Decimal(30))
    case.act("anotar", entry_anotar="10110", monto=Decimal(45))

    assert case.state.fields["cobros"] == (
        Entry(cells=(("glosa", "10110"), ("monto", Decimal(30)))),
        Entry(cells=(("glosa", "10110"), ("monto", Decimal(45)))),
    )
    assert [fact.text for fact in case.told(f.Noted)] == ["Por cobrar: 30", "Por cobrar: 45"]


def test_rule_it_stops_a_track_that_is_under_way_and_no_other() -> None:
    case = begun()

    case.act("anotar", entry_anotar="10110")
    case.act("anotar", entry_anotar="10110")

    assert case.told(f.TrackBegun)[1:] == [f.TrackBegun(track="difusion")]
    assert case.told(f.TrackEnded) == [f.TrackEnded(track="difusion")]
    assert [active.step for active in case.state.active.values()] == ["atender"]


def test_action_it_notes_adds_and_stops() -> None:
    case = begun()

    case.act("apurar")
    case.act("parar")

    assert [fact.text for fact in case.told(f.Noted)] == ["Apuro:"]
    assert case.state.fields["cobros"] == (Entry(cells=(("monto", 5),)),)
    assert case.state.tracks["difusion"] is TrackStatus.ENDED


def test_action_it_ends_the_main_track_and_the_case_waits_for_the_others() -> None:
    case = begun()

    case.act("archivar")
    assert case.state.status is Status.OPEN
    case.do("publicar", checked=("1",))

    assert (case.state.status, case.state.result) == (Status.CLOSED, "archivada")


def test_state_it_remembers_what_was_noted_through_saving_and_loading() -> None:
    case = begun()

    case.act("anotar", entry_anotar="10110", monto=Decimal(30), by=AGENT)

    case.check_whole()
