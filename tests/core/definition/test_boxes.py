"""Gaps and overlaps of a decision table are those that trying every case finds."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.definition.check.boxes import Boxes, Input, boxes_of
from ventanilla.core.definition.expressions import Env, Expression, Value, compile_expression
from ventanilla.core.definition.expressions.types import BOOLEAN, NUMBER, TEXT, choice_of
from ventanilla.core.definition.model import AnyCell, Cell, HitPolicy, OneOf, Range, Row, Table
from ventanilla.core.engine.tables import matches

ENV = Env(
    types={
        "servicio": choice_of((("a", "A"), ("b", "B"), ("c", "C"))),
        "monto": NUMBER,
        "registrado": BOOLEAN,
        "ciudad": TEXT,
    }
)
VALUES: dict[str, tuple[Value, ...]] = {
    "servicio": ("a", "b", "c", None),
    "monto": (0, 1, 2, 3, 4, 5, None),
    "registrado": (True, False, None),
    "ciudad": ("Lima", "Cusco", "otra", None),
}


def input_of(name: str) -> Input:
    found = compile_expression(name, ENV)
    assert isinstance(found, Expression)
    return Input(expression=found, missing=True, whole=name == "monto")


def one_of(name: str) -> st.SearchStrategy[Cell]:
    return st.lists(st.sampled_from(VALUES[name]), min_size=1, max_size=3).map(
        lambda values: OneOf(values=tuple(values))
    )


@st.composite
def ranges(draw: st.DrawFn) -> Cell:
    bound = st.none() | st.integers(0, 5)
    return Range(
        low=draw(bound),
        high=draw(bound),
        includes_low=draw(st.booleans()),
        includes_high=draw(st.booleans()),
    )


def cells_of(name: str) -> st.SearchStrategy[Cell]:
    cells = st.just(AnyCell()) | one_of(name)
    return cells | ranges() if name == "monto" else cells


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[str, ...], Table]:
    names = tuple(
        draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=3, unique=True))
    )
    count = draw(st.integers(0, 5))
    rows = tuple(
        Row(key=str(number), cells=tuple(draw(cells_of(name)) for name in names), outputs=())
        for number in range(count)
    )
    inputs = tuple(input_of(name).expression for name in names)
    return names, table_of(inputs, rows)


def table_of(inputs: tuple[Expression, ...], rows: tuple[Row, ...]) -> Table:
    return Table(name="t", title="T", hit=HitPolicy.UNIQUE, inputs=inputs, outputs=(), rows=rows)


def admits(row: Row, case: tuple[Value, ...]) -> bool:
    return all(matches(cell, value) for cell, value in zip(row.cells, case, strict=True))


def cut(names: tuple[str, ...], table: Table) -> Boxes:
    return boxes_of(table, [input_of(name) for name in names])


OUTSIDE: dict[str, tuple[Value, ...]] = {"monto": (-1, 6), "ciudad": ("Puno",)}
"""Values that no cell names, for inputs that can have any."""


def cases_of(names: tuple[str, ...]) -> list[tuple[Value, ...]]:
    """Every case that any table of these tests can tell from another."""
    return list(product(*((*VALUES[name], *OUTSIDE.get(name, ())) for name in names)))


@given(tables())
def test_finds_a_gap_exactly_when_some_case_has_no_row(
    sample: tuple[tuple[str, ...], Table],
) -> None:
    names, table = sample

    found = bool(cut(names, table).gaps())

    assert found == any(
        not any(admits(row, case) for row in table.rows) for case in cases_of(names)
    )


@given(tables())
def test_finds_the_pairs_of_rows_that_meet(sample: tuple[tuple[str, ...], Table]) -> None:
    names, table = sample

    found = {(first, second) for first, second, _ in cut(names, table).overlaps()}

    assert found == {
        (first, second)
        for case in cases_of(names)
        for second, later in enumerate(table.rows)
        for first, earlier in enumerate(table.rows[:second])
        if admits(earlier, case) and admits(later, case)
    }


@given(tables())
def test_finds_the_rows_that_never_answer(sample: tuple[tuple[str, ...], Table]) -> None:
    names, table = sample
    answering = set()
    for case in cases_of(names):
        answering.update([index for index, row in enumerate(table.rows) if admits(row, case)][:1])

    assert set(cut(names, table).dead_rows()) == set(range(len(table.rows))) - answering


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (Range(low=3), "monto < 3"),
        (Range(high=3), "monto > 3"),
        (Range(low=0, high=9, includes_high=False), "monto < 0"),
    ],
)
def test_tells_a_gap_in_the_words_of_the_language(cell: Cell, told: str) -> None:
    amount = input_of("monto")
    row = Row(key="1", cells=(cell,), outputs=())
    boxes = boxes_of(
        table_of((amount.expression,), (row,)),
        [Input(expression=amount.expression, missing=False, whole=True)],
    )

    assert boxes.describe(boxes.gaps()[0]) == told


def test_sees_no_gap_between_whole_numbers_that_follow_each_other() -> None:
    names = ("monto",)
    rows = (
        Row(key="1", cells=(Range(high=5),), outputs=()),
        Row(key="2", cells=(Range(low=6),), outputs=()),
        Row(key="3", cells=(OneOf(values=(None,)),), outputs=()),
    )

    assert cut(names, table_of((input_of("monto").expression,), rows)).gaps() == []


def test_cuts_a_hundred_rows_of_five_inputs_soon() -> None:
    inputs = [input_of("monto") for _ in range(5)]
    rows = tuple(
        Row(
            key=str(number),
            cells=tuple(
                Range(low=(number * step) % 37, high=(number * step) % 37 + 5)
                for step in (1, 2, 3, 5, 7)
            ),
            outputs=(),
        )
        for number in range(100)
    )
    boxes = boxes_of(table_of(tuple(one.expression for one in inputs), rows), inputs)

    assert boxes.overlaps()
