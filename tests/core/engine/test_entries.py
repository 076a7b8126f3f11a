"""Something noted by a code is a fact of its own, with the day it happened, and sets things off."""

from datetime import timedelta

from tests.core.engine.builders import AGENT, CHIEF, MONDAY_TEN, Case, procedure
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import Act, Complete, RefusalCode
from ventanilla.core.engine.sheets import action_sheet, task_sheet
from ventanilla.core.engine.state import Outcome

CODES = """\
code,label,valid_from,valid_to
10110,Documentos,,
40025,Visita,2026-03-16,
99999,Retirado,,2026-03-15
"""
TEXT = """
fields:
  nivel: {type: choice, label: Nivel, options: {bajo: Bajo, alto: Alto}}
  detalle: {type: text, label: Detalle}
catalogues: {glosas: {file: tables/glosas.csv}}
steps: {atender: {who: agente, do: Atender, end: fin}}
actions:
  anotar: {who: [agente, jefe], entry: {catalogue: glosas, label: Glosa}, ask: [detalle]}
rules:
  - {on: entry 40025, do: {set: {nivel: alto}}}
deadlines:
  visita: {from: entry 10110, until: entry 40025, within: 2 days}
"""
PROCEDURE = procedure(TEXT, sheets={"glosas": CODES})


def begun() -> Case:
    case = Case(PROCEDURE)
    case.open()
    return case


def test_entry_it_is_a_fact_with_the_day_on_which_it_happened() -> None:
    case = begun()
    case.now += timedelta(hours=5)
    at = case.now - timedelta(hours=2)

    command = Act(
        action="anotar", happened_at=at, values={"entry_anotar": "10110", "detalle": "Faltan"}
    )
    case.accept(command, AGENT)

    made = f.EntryMade(catalogue="glosas", code="10110", at=at, values={"detalle": "Faltan"})
    assert case.told(f.EntryMade) == [made]
    assert case.state.fields["detalle"] == "Faltan"
    assert case.state.running["visita"].started_at == at


def test_entry_it_sets_off_what_waits_for_its_code_and_nothing_else() -> None:
    case = begun()

    case.act("anotar", entry_anotar="10110")
    assert "nivel" not in case.state.fields
    case.act("anotar", entry_anotar="40025")

    assert case.state.fields["nivel"] == "alto"
    assert case.state.settled["visita"].outcome is Outcome.MET


def test_entry_it_is_told_again_when_the_code_is_the_same() -> None:
    case = begun()
    case.act("anotar", entry_anotar="40025")

    facts = case.act("anotar", entry_anotar="40025")

    assert f.EntryMade(catalogue="glosas", code="40025", at=MONDAY_TEN) in facts
    assert f.FieldsSet(values={"entry_anotar": "40025"}) in facts


def test_entry_it_needs_a_code_of_its_own_each_time() -> None:
    case = begun()
    case.act("anotar", entry_anotar="40025")

    refused = case.refuse(Act(action="anotar", happened_at=case.now, values={}), CHIEF)

    assert (refused.code, refused.datum) == (RefusalCode.FIELD_REQUIRED, "entry_anotar")
    sheet = action_sheet(PROCEDURE, case.state, PROCEDURE.actions["anotar"], case.now, CHIEF)
    assert [(one.field.label, one.value) for one in sheet.questions] == [
        ("Glosa", None),
        ("Detalle", None),
    ]


def test_entry_it_takes_only_codes_valid_on_that_day() -> None:
    case = begun()
    command = Act(action="anotar", happened_at=case.now, values={"entry_anotar": "99999"})

    refused = case.refuse(command, AGENT)

    assert (refused.code, refused.datum) == (RefusalCode.FIELD_UNREADABLE, "entry_anotar")
    case.now -= timedelta(days=1)
    earlier = Case(PROCEDURE, now=case.now)
    earlier.open()
    earlier.act("anotar", entry_anotar="99999")
    command = Act(action="anotar", happened_at=earlier.now, values={"entry_anotar": "40025"})
    assert earlier.refuse(command, AGENT).datum == "entry_anotar"


CHOSEN = procedure(
    """
fields:
  glosa: {type: choice, label: Glosa, catalogue: glosas}
  glosas: {type: choices, label: Glosas, catalogue: glosas}
catalogues: {glosas: {file: tables/glosas.csv}}
steps:
  uno: {who: agente, ask: [glosa, glosas], next: dos}
  dos: {who: agente, ask: [glosa, glosas], end: fin}
""",
    sheets={"glosas": CODES},
)


def test_choice_it_takes_and_shows_only_codes_that_stand_that_day() -> None:
    case = Case(CHOSEN)
    case.open()
    sheet = task_sheet(CHOSEN, case.state, CHOSEN.steps["uno"], case.now, AGENT)

    assert [option.value for option in sheet.questions[0].field.options] == ["10110", "40025"]
    for values in ({"glosa": "99999"}, {"glosas": ("10110", "99999")}):
        refused = case.refuse(Complete(task="uno#1", happened_at=case.now, values=values), AGENT)
        assert (refused.code, refused.datum) == (RefusalCode.FIELD_UNREADABLE, next(iter(values)))


def test_choice_it_keeps_the_code_that_was_chosen_while_it_stood() -> None:
    case = Case(CHOSEN, now=MONDAY_TEN - timedelta(days=1))
    case.open()
    case.accept(Complete(task="uno#1", happened_at=case.now, values={"glosa": "99999"}), AGENT)
    case.now += timedelta(days=3)

    sheet = task_sheet(CHOSEN, case.state, CHOSEN.steps["dos"], case.now, AGENT)
    case.accept(Complete(task="dos#1", happened_at=case.now, values={"glosa": "99999"}), AGENT)

    offered = [option.value for option in sheet.questions[0].field.options]
    assert offered == ["10110", "40025", "99999"]
    assert case.state.fields["glosa"] == "99999"
