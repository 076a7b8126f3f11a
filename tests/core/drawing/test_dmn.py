"""Decision tables in DMN: read back by another reader, they answer as the engine does."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import cast
from xml.etree import ElementTree as ET

import pytest

from tests.core.drawing.cases import everything, of_packs
from tests.core.drawing.feel_reader import Decision
from ventanilla.core.definition.expressions import Env, Expression, Type, Value
from ventanilla.core.definition.expressions.types import BOOLEAN, DATE, NUMBER, TEXT, choice_of
from ventanilla.core.definition.model import (
    AnyCell,
    Cell,
    Field,
    FieldType,
    HitPolicy,
    OneOf,
    Procedure,
    Range,
    Row,
    Table,
)
from ventanilla.core.drawing.dmn import dmn_of
from ventanilla.core.drawing.feel import formula, literal
from ventanilla.core.drawing.names import DMN
from ventanilla.core.engine import tables
from ventanilla.core.engine.scope import Scope

COLORS = ("rojo", 'verde "claro"', "azul, marino", "á\\é")
TYPES: Mapping[str, Type] = {
    "color": choice_of(tuple((one, one) for one in COLORS)),
    "party.registered": BOOLEAN,
    "monto": NUMBER,
    "dia": DATE,
    "nota": TEXT,
}


def compiled(source: str) -> Expression:
    found = Env(types=TYPES).compile(source)
    assert isinstance(found, Expression)
    return found


def a_value(name: str, rng: Random) -> Value:
    if rng.random() < 0.2:
        return None
    match name:
        case "color":
            return rng.choice(COLORS)
        case "party.registered":
            return rng.random() < 0.5
        case "monto":
            return Decimal(rng.randint(-6, 6)) / 2
        case _:
            return date(2026, 3, rng.randint(1, 9))


def a_cell(name: str, rng: Random) -> Cell:
    if rng.random() < 0.3:
        return AnyCell()
    if name in {"monto", "dia"} and rng.random() < 0.6:
        one, other = a_value(name, rng), a_value(name, rng)
        if one is not None and other is not None:
            one, other = sorted([one, other])  # type: ignore[type-var]
        sides = rng.random() < 0.5, rng.random() < 0.5
        return Range(low=one, high=other, includes_low=sides[0], includes_high=sides[1])
    return OneOf(values=tuple({a_value(name, rng): None for _ in range(rng.randint(1, 3))}))


def a_table(rng: Random) -> Table:
    names = rng.sample(["color", "party.registered", "monto", "dia"], rng.randint(1, 4))
    rows = tuple(
        Row(
            key=str(number),
            cells=tuple(a_cell(name, rng) for name in names),
            outputs=(rng.choice([*COLORS, None]), rng.choice([True, False, None])),
        )
        for number in range(rng.randint(1, 8))
    )
    return Table(
        name="prueba",
        title="Prueba",
        hit=rng.choice([HitPolicy.FIRST, HitPolicy.COLLECT]),
        inputs=tuple(compiled(name) for name in names),
        outputs=("nota", "urgente"),
        rows=rows,
    )


def with_table(table: Table) -> Procedure:
    fields = dict(everything().fields)
    fields["monto"] = Field(name="monto", type=FieldType.DECIMAL, label="Monto")
    return replace(everything(), fields=fields, tables={table.name: table})


def asked(table: Table, decision: Decision, given: Mapping[str, Value]) -> None:
    """Assert that both readers give the same outputs of the same rules."""
    rows = tables.matching(table, cast("Scope", given))
    ours = [dict(zip(table.outputs, row.outputs, strict=True)) for row in rows]
    theirs = decision.evaluate(given)
    if table.hit is not HitPolicy.COLLECT:
        theirs = theirs[:1]

    assert theirs == ours, given


@pytest.mark.parametrize("seed", range(120))
def test_tables_they_answer_as_the_engine_does_on_random_inputs(seed: int) -> None:
    rng = Random(seed)
    table = a_table(rng)
    decision = Decision(dmn_of(with_table(table)), "prueba")

    for _ in range(60):
        asked(table, decision, {name: a_value(name, rng) for name in decision.inputs})


def test_tables_they_keep_their_hit_policy_their_names_and_their_types() -> None:
    root = ET.fromstring(dmn_of(of_packs()["IN-DX-EXP-001"]))
    table = root.find(f"{DMN}decision[@id='Decision_competencia_por_tema']/{DMN}decisionTable")
    assert table is not None

    assert table.get("hitPolicy") == "UNIQUE"
    assert [one.get("typeRef") for one in table.iter(f"{DMN}inputExpression")] == ["string"]
    outputs = [(one.get("name"), one.get("typeRef")) for one in table.findall(f"{DMN}output")]
    assert outputs == [("es_competencia", "boolean"), ("organismo", "string")]


def test_identifiers_they_are_unique_and_requirements_point_to_data() -> None:
    for procedure in of_packs().values():
        root = ET.fromstring(dmn_of(procedure))
        names = [name for element in root.iter() if (name := element.get("id"))]
        needs = [need.get("href", "") for need in root.iter(f"{DMN}requiredInput")]

        assert len(set(names)) == len(names)
        assert all(need.removeprefix("#") in names for need in needs)


@pytest.mark.parametrize(
    ("ours", "feel"),
    [
        (
            'color == "rojo" and not party.registered',
            '((color = "rojo") and not(party.registered))',
        ),
        (
            "monto + 1 if monto > 2 else -monto",
            "(if ((monto > 2) = true) then (monto + 1) else -(monto))",
        ),
        ("nota in ['a', 'b']", 'list contains(["a", "b"], nota)'),
        ("empty(nota)", '((nota = null or nota = "" or nota = []) = true)'),
        ("len(nota) != 3", "(count(nota) != 3)"),
    ],
)
def test_formula_it_says_a_condition_in_feel(ours: str, feel: str) -> None:
    assert formula(compiled(ours)) == feel


def test_literal_it_writes_dates_as_feel_reads_them() -> None:
    assert literal(date(2026, 3, 2)) == 'date("2026-03-02")'
