"""What the person at the window has in front of them."""

import pytest

from tests.core.engine.builders import AGENT, CHIEF, OUTSIDER, Case, opened
from ventanilla.core.engine.commands import SYSTEM, Performer
from ventanilla.core.engine.sheets import Sheet, action_sheet, available_actions, task_sheet
from ventanilla.core.engine.state import PartyView

TEXT = """
fields:
  nombre: {type: text, label: Nombre, saves: party.name}
  urgente: {type: boolean, label: Urgente}
  motivo: {type: text, label: Motivo}
  telefono: {type: phone, label: Teléfono}
  detalle: {type: text, label: Detalle}
steps:
  uno:
    title: Atender
    who: agente
    say: [saludo, solo_mostrador]
    ask:
      - {field: nombre, required: true}
      - urgente
      - {field: motivo, required: true, if: urgente}
      - {field: telefono, if: channel == "phone"}
      - {field: detalle, required: "known(party.city)"}
    do: [Saludar]
    send: carta
    next: [{if: urgente, go: tres}, {go: dos}]
  dos: {title: Esperar, who: jefe, next: tres}
  tres: {title: Cerrar, who: jefe, end: fin}
actions:
  apurar: {title: Apurar, who: jefe, if: known(nombre), ask: [motivo], go: tres}
  anotar: {title: Anotar, who: [agente, jefe], ask: [motivo]}
scripts:
  saludo: {phase: Saludo, text: "{{ greeting() }}, soy {{ agent.name }}."}
  solo_mostrador: {phase: Saludo, if: channel == "desk", text: Tome asiento.}
"""
LETTER = {"carta": "Hola {{ sender.name }}."}


@pytest.fixture
def case() -> Case:
    return opened(TEXT, LETTER, party=PartyView(ref="p1", attributes={"name": "Ana Solís"}))


def sheet(case: Case, step: str = "uno", by: Performer = AGENT) -> Sheet:
    return task_sheet(case.procedure, case.state, case.procedure.steps[step], case.now, by)


def test_sheet_it_says_what_applies_with_names_filled_in(case: Case) -> None:
    assert [said.text for said in sheet(case).said] == ["Buenos días, soy Alma Ríos."]


def test_sheet_it_asks_what_applies_or_may_come_to_apply_on_it(case: Case) -> None:
    questions = {question.field.name: question for question in sheet(case).questions}

    assert list(questions) == ["nombre", "urgente", "motivo", "detalle"]
    assert questions["motivo"].depends == {"urgente"}
    assert questions["nombre"].required
    assert not questions["detalle"].required


def test_sheet_it_demands_what_its_condition_demands() -> None:
    lima = PartyView(ref="p1", attributes={"city": "Lima"})

    questions = sheet(opened(TEXT, LETTER, party=lima)).questions

    assert [question.field.name for question in questions if question.required] == [
        *("nombre", "motivo"),
        "detalle",
    ]


def test_sheet_it_knows_what_the_case_or_the_party_already_says(case: Case) -> None:
    assert sheet(case).questions[0].value == "Ana Solís"
    other = opened(TEXT, LETTER, nombre="Ana S.", party=case.state.party)

    assert sheet(other).questions[0].value == "Ana S."


def test_sheet_it_has_the_checklist_the_letter_and_where_it_leads(case: Case) -> None:
    found = sheet(case)

    assert [item.text for item in found.checklist] == ["Saludar"]
    assert found.letter is not None
    assert found.letter.draft.body.strip() == "Hola Ana Solís."
    assert (found.letter.draft.to, found.letter.media) == ("ana@cliente.example", ("email",))
    assert found.leads_to == ("Cerrar", "Esperar")
    assert sheet(case, "tres").leads_to == ()


def test_sheet_of_an_action_it_leads_where_the_action_goes(case: Case) -> None:
    actions = case.procedure.actions

    led = [
        action_sheet(case.procedure, case.state, actions[name], case.now, CHIEF).leads_to
        for name in ("apurar", "anotar")
    ]

    assert led == [("Cerrar",), ()]


@pytest.mark.parametrize(
    ("by", "nombre", "names"),
    [
        (AGENT, None, ["anotar"]),
        (CHIEF, None, ["anotar"]),
        (CHIEF, "Ana", ["apurar", "anotar"]),
        (OUTSIDER, "Ana", []),
        (SYSTEM, "Ana", ["apurar", "anotar"]),
    ],
)
def test_actions_they_are_those_that_hold_for_somebody_now(
    by: Performer, nombre: str | None, names: list[str]
) -> None:
    case = opened(TEXT, LETTER, nombre=nombre)

    found = available_actions(case.procedure, case.state, case.now, by)

    assert [action.name for action in found] == names
