"""Answers have points, points fall into bands, and both are written into fields."""

from decimal import Decimal
from itertools import product

import pytest

from tests.core.engine.builders import CHIEF, opened, procedure
from ventanilla.core.definition.check.scores import sums
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import RefusalCode

TEXT = """
fields:
  saludo: {type: boolean, label: Saludo}
  tono: {type: choice, label: Tono, options: {seco: Seco, amable: Amable}}
  espera: {type: choice, label: Espera, options: {poca: Poca, mucha: Mucha}, show_if: saludo}
  puntos: {type: decimal, label: Puntos}
  nivel: {type: choice, label: Nivel, options: {bajo: Bajo, alto: Alto}}
questionnaires:
  trato:
    questions:
      saludo: {true: 1, false: 0}
      tono: {seco: 0, amable: 2.5}
      espera: {poca: 1, mucha: -1}
    points: puntos
    band: nivel
    bands: {bajo: "< 2.5", alto: ">= 2.5"}
steps:
"""
BY_PERSON = f"{TEXT}  evaluar: {{who: jefe, score: trato, end: fin}}"
BY_ITSELF = f"""{TEXT}
  llenar: {{who: jefe, ask: [saludo, tono, espera]}}
  sumar: {{score: trato}}
  cerrar: {{who: jefe, do: Cerrar, end: fin}}
"""


@pytest.mark.parametrize(
    ("saludo", "tono", "espera", "points", "band"),
    [
        (True, "amable", "poca", Decimal("4.5"), "alto"),
        (True, "amable", "mucha", Decimal("2.5"), "alto"),
        (True, "seco", "poca", 2, "bajo"),
        (False, "amable", None, Decimal("2.5"), "alto"),
        (False, "seco", None, 0, "bajo"),
    ],
)
def test_score_it_is_the_sum_of_what_was_answered_and_its_band(
    saludo: bool, tono: str, espera: str | None, points: Decimal | int, band: str
) -> None:
    case = opened(BY_PERSON)

    case.do("evaluar", saludo=saludo, tono=tono, espera=espera)

    assert (case.state.fields["puntos"], case.state.fields["nivel"]) == (points, band)
    assert case.told(f.Scored) == [f.Scored(questionnaire="trato", points=str(points), band=band)]


def test_task_it_needs_an_answer_to_every_question() -> None:
    case = opened(BY_PERSON)

    refused = case.refuse(case.completing("evaluar", saludo=True, tono="seco"), CHIEF)

    assert (refused.code, refused.datum) == (RefusalCode.FIELD_REQUIRED, "espera")


def test_score_it_is_missing_while_an_answer_is_and_old_ones_do_not_stay() -> None:
    case = opened(BY_ITSELF, puntos=Decimal(9), nivel="alto")

    case.do("llenar", saludo=False)

    assert (case.state.fields["puntos"], case.state.fields["nivel"]) == (None, None)
    assert case.told(f.Scored) == [f.Scored(questionnaire="trato", points="", band="")]


def test_sums_they_are_those_that_answers_can_come_to() -> None:
    rules = procedure(BY_PERSON)
    gains = [
        [Decimal(one) for one in group] for group in (("1", "0"), ("0", "2.5"), ("1", "-1", "0"))
    ]

    found = sums(rules, rules.questionnaires["trato"])

    assert set(found) == {sum(one, Decimal(0)) for one in product(*gains)}
