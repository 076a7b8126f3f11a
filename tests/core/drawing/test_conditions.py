"""Conditions in words: what stands on the lines of a picture."""

import pytest

from tests.core.engine.builders import procedure
from ventanilla.core.drawing.conditions import told
from ventanilla.packs.drawing_words import ENGLISH, SPANISH

WRITTEN = {
    "impedido": "Con impedimento",
    "not impedido": "Con impedimento: no",
    'motivo == "equipo"': "Motivo: Equipo por devolver",
    'motivo != "equipo"': "Motivo: no Equipo por devolver",
    'motivo in ["equipo", "mora"]': "Motivo: Equipo por devolver o En mora",
    'motivo not in ["mora"]': "Motivo: no En mora",
    "intentos < 3": "Intentos < 3",
    "intentos >= tope": "Intentos ≥ Tope",
    "known(nota)": "hay «Nota»",
    "empty(nota)": "sin «Nota»",
    'channel == "phone" and not (impedido or known(nota))': (
        "Canal: teléfono y (Con impedimento o hay «Nota»): no"
    ),
    "party.registered": "Cliente registrado",
    "known(party.city)": "hay «Ciudad»",
    "len(nota) > 3": "len(nota) > 3",
    "intentos + 1 > tope": "intentos + 1 > tope",
    'office.title == "Centro"': 'office.title == "Centro"',
}
TEXT = """
fields:
  impedido: {{type: boolean, label: Con impedimento}}
  motivo: {{type: choice, label: Motivo, options: {{equipo: Equipo por devolver, mora: En mora}}}}
  intentos: {{type: integer, label: Intentos}}
  tope: {{type: integer, label: Tope}}
  nota: {{type: text, label: Nota}}
steps:
  uno:
    who: jefe
    ask: [impedido, motivo, intentos, tope, nota]
    next: [{{if: '{0}', end: a}}, {{end: b}}]
"""


@pytest.mark.parametrize("written", WRITTEN)
def test_condition_it_is_told_by_labels_or_stays_as_written(written: str) -> None:
    made = procedure(TEXT.format(written))
    condition = made.steps["uno"].next[0].condition
    assert condition is not None

    assert told(made, condition, SPANISH) == WRITTEN[written]


def test_condition_it_is_told_in_the_language_of_the_reader() -> None:
    made = procedure(TEXT.format('channel == "phone" or empty(nota)'))
    condition = made.steps["uno"].next[0].condition
    assert condition is not None

    assert told(made, condition, ENGLISH) == "Channel: telephone or no “Nota”"
