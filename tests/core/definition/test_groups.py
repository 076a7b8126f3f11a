"""Functions over the rows of a repeating group."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.core.definition.test_expressions import ENV
from ventanilla.core.definition.expressions import (
    Expression,
    ExpressionProblem,
    Value,
    compile_expression,
)
from ventanilla.core.definition.expressions.types import (
    NUMBER,
    TEXT,
    Entry,
    choice_of,
    entry_of,
    list_of,
)
from ventanilla.core.definition.problems import Code

STATES = choice_of((("A", "Abierto"), ("C", "Cerrado")))
GROUP = list_of(entry_of((("code", TEXT), ("state", STATES), ("hours", NUMBER))))
KNOWN = replace(ENV, types={**ENV.types, "items": GROUP, "others": GROUP})


def row(code: str, state: str | None, hours: int | Decimal | None) -> Entry:
    return Entry(cells=(("code", code), ("state", state), ("hours", hours)))


ITEMS = (row("R1", "A", 3), row("R2", "C", Decimal("1.5")), row("R1", "C", None))


def value_of(source: str, items: Value = ITEMS) -> Value:
    compiled = compile_expression(source, KNOWN)
    assert isinstance(compiled, Expression), compiled
    return compiled.evaluate({"items": items, "others": (row("R2", "A", 1),), "nombre": "R2"})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("column(items, code)", ("R1", "R2", "R1")),
        ("column(items, hours)", (3, Decimal("1.5"))),
        ("sum(items, hours)", Decimal("4.5")),
        ('len(rows(items, state, "C"))', 2),
        ("column(rows(items, code, nombre), hours)", (Decimal("1.5"),)),
        ("column(latest(items, code), state)", ("C", "C")),
        ('cell(items, code, "R1", state)', "C"),
        ('cell(items, code, "R9", state)', None),
        ("without(column(items, code), column(others, code))", ("R1", "R1")),
        ('without(["a", "b"], ["b"])', ("a",)),
        ('empty(rows(items, state, "A")) or sum(latest(items, code), hours) > 1', True),
        ("rows(items, hours, none) == none", False),
    ],
)
def test_groups_they_are_read_whole(source: str, expected: Value) -> None:
    assert value_of(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("column(items, code)", ()),
        ("sum(items, hours)", 0),
        ("len(latest(items, code))", 0),
        ('cell(items, code, "R1", hours)', None),
        ("without(column(items, code), column(others, code))", ()),
    ],
)
def test_groups_one_that_is_missing_has_no_rows(source: str, expected: Value) -> None:
    assert value_of(source, None) == expected


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("column(items, hour)", Code.EXPRESSION_UNKNOWN_COLUMN),
        ("column(servicios, code)", Code.EXPRESSION_WRONG_TYPE),
        ("column(monto, code)", Code.EXPRESSION_WRONG_TYPE),
        ("sum(items, code)", Code.EXPRESSION_WRONG_TYPE),
        ("sum(items)", Code.EXPRESSION_ARGUMENTS),
        ("rows(items, hours, nombre)", Code.EXPRESSION_WRONG_TYPE),
        ('rows(items, state, "B")', Code.EXPRESSION_UNKNOWN_VALUE),
        ('cell(items, code, "R1", stat)', Code.EXPRESSION_UNKNOWN_COLUMN),
        ("without(items, nombre)", Code.EXPRESSION_WRONG_TYPE),
        ("without(servicios, column(items, hours))", Code.EXPRESSION_WRONG_TYPE),
        ("without(servicios)", Code.EXPRESSION_ARGUMENTS),
    ],
)
def test_groups_what_is_wrong_is_told_when_the_pack_is_read(source: str, code: Code) -> None:
    compiled = compile_expression(source, KNOWN)

    assert isinstance(compiled, ExpressionProblem)
    assert compiled.code is code


def test_groups_a_misspelt_column_is_told_with_the_one_meant() -> None:
    compiled = compile_expression("column(items, hour)", KNOWN)

    assert isinstance(compiled, ExpressionProblem)
    assert compiled.params["near"] == "hours"
