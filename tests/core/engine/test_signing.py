"""People sign in order; who may not is refused, and who does not sends the case back."""

from datetime import timedelta

import pytest

from tests.core.engine.builders import (
    AGENT,
    CHIEF,
    MONDAY_TEN,
    OUTSIDER,
    PARTY,
    Case,
    opened,
    procedure,
)
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.codec import read_facts, write_facts
from ventanilla.core.engine.commands import SYSTEM, Assign, Performer, PerformerKind, RefusalCode
from ventanilla.core.engine.state import Outcome

SECOND_CHIEF = Performer(
    kind=PerformerKind.PERSON, id="iris", name="Iris Sol", roles=frozenset({("jefe", "centro")})
)
TEXT = """
fields:
  texto: {type: text, label: Texto}
  vueltas: {type: integer, label: Vueltas, default: 0}
steps:
  redactar: {who: agente, ask: [texto]}
  visar:
    approve: {by: [jefe, agente, jefe], back: redactar, four_eyes: %s}
    within: 2 days
  enviar: {who: agente, do: Enviar, end: fin}
rules: [{on: returned visar, do: {set: {vueltas: vueltas + 1}}}]
"""


def written(*, by: Performer = AGENT, four_eyes: bool = False) -> Case:
    case = opened(TEXT % ("true" if four_eyes else "false"))
    case.do("redactar", by=by, texto="Uno")
    return case


def test_signatures_they_are_given_in_order_each_a_fact_with_date_and_person() -> None:
    case = written()
    assert case.at() == ["visar"]

    assert (
        case.refuse(case.completing("visar", visar_verdict="signed"), AGENT).code
        is RefusalCode.NOT_YOURS
    )
    case.do("visar", by=CHIEF, visar_verdict="signed")
    case.now += timedelta(hours=3)
    assert (
        case.refuse(case.completing("visar", visar_verdict="signed"), CHIEF).code
        is RefusalCode.NOT_YOURS
    )
    case.do("visar", by=AGENT, visar_verdict="signed")
    case.do("visar", by=CHIEF, visar_verdict="signed")

    assert case.at() == ["enviar"]
    assert [(one.role, one.by, one.at) for one in case.told(f.Signed)] == [
        ("jefe", "julio", MONDAY_TEN),
        ("agente", "alma", case.now),
        ("jefe", "julio", case.now),
    ]
    assert case.state.settled["visar"].outcome is Outcome.MET
    assert case.state.signed == {}


def test_signature_given_twice_it_is_told_that_the_task_is_gone() -> None:
    case = written()
    case.do("visar#1", by=CHIEF, visar_verdict="signed")

    assert (
        case.refuse(case.completing("visar#1", visar_verdict="signed"), CHIEF).code
        is RefusalCode.TASK_GONE
    )


def test_refusal_it_sends_back_with_the_reason_and_all_sign_again() -> None:
    case = written()
    case.do("visar", by=CHIEF, visar_verdict="signed")

    without = case.refuse(case.completing("visar", visar_verdict="returned"), AGENT)
    assert (without.code, without.datum) == (RefusalCode.FIELD_REQUIRED, "visar_reason")
    case.do("visar", by=AGENT, visar_verdict="returned", visar_reason="Falta la fecha")

    (back,) = case.told(f.SentBack)
    assert (back.by, back.reason, back.visit) == ("alma", "Falta la fecha", 2)
    assert case.at() == ["redactar"]
    assert case.state.fields["vueltas"] == 1
    assert case.state.settled["visar"].outcome is Outcome.DROPPED
    case.do("redactar", by=AGENT, texto="Dos")
    assert case.state.fields["visar_verdict"] is None
    assert case.state.fields["visar_reason"] is None
    assert (
        case.refuse(case.completing("visar", visar_verdict="signed"), AGENT).code
        is RefusalCode.NOT_YOURS
    )


def test_answer_it_has_to_be_given() -> None:
    case = written()

    refused = case.refuse(case.completing("visar"), CHIEF)

    assert (refused.code, refused.datum) == (RefusalCode.FIELD_REQUIRED, "visar_verdict")


@pytest.mark.parametrize("by", [OUTSIDER, SYSTEM, PARTY], ids=lambda by: by.id)
def test_task_given_to_somebody_it_does_not_let_them_sign(by: Performer) -> None:
    case = written()
    case.accept(Assign(task="visar#1", assignee=by.id), CHIEF)

    assert (
        case.refuse(case.completing("visar", visar_verdict="signed"), by).code
        is RefusalCode.NOT_YOURS
    )


def test_four_eyes_they_do_not_let_sign_who_prepared_or_has_signed() -> None:
    both = Performer(
        kind=PerformerKind.PERSON,
        id="zoe",
        roles=frozenset({("agente", "centro"), ("jefe", "centro")}),
    )
    case = written(by=both, four_eyes=True)

    assert (
        case.refuse(case.completing("visar", visar_verdict="signed"), both).code
        is RefusalCode.FOUR_EYES
    )
    case.do("visar", by=CHIEF, visar_verdict="signed")
    case.do("visar", by=AGENT, visar_verdict="signed")
    assert (
        case.refuse(case.completing("visar", visar_verdict="signed"), CHIEF).code
        is RefusalCode.FOUR_EYES
    )
    case.do("visar", by=SECOND_CHIEF, visar_verdict="signed")

    assert case.at() == ["enviar"]
    assert written(by=both).do("visar", by=both, visar_verdict="signed")


def test_four_eyes_whoever_did_the_latest_task_again_is_the_one_who_prepared() -> None:
    """Iris writes, Julio checks and sends back, Iris writes again: she did the latest task."""
    case = opened("""
        fields:
          bien: {type: boolean, label: Bien}
          revisado: {type: boolean, label: Revisado, default: false}
        steps:
          escribir: {who: jefe, ask: [bien], next: [{if: revisado, go: visar}, {go: revisar}]}
          revisar: {who: jefe, ask: [revisado], next: escribir}
          visar: {approve: {by: [jefe], back: escribir, four_eyes: true}, end: fin}
    """)
    case.do("escribir", by=SECOND_CHIEF)
    case.do("revisar", by=CHIEF, revisado=True)
    case.do("escribir", by=SECOND_CHIEF)

    signing = case.completing("visar", visar_verdict="signed")
    assert case.refuse(signing, SECOND_CHIEF).code is RefusalCode.FOUR_EYES
    case.accept(signing, CHIEF)


def test_step_done_by_a_person_it_was_written_without_the_person_before() -> None:
    rules = procedure(TEXT % "false")

    (read,) = read_facts(rules, [["done", "redactar", 1, MONDAY_TEN.isoformat(), []]], [])

    assert read == f.StepDone(step="redactar", visit=1, at=MONDAY_TEN)
    assert write_facts(rules, (read,))[0] == [["done", "redactar", 1, MONDAY_TEN.isoformat(), []]]
