"""DMN as others see it: valid, read whole, and deciding as our engine does."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any, cast

import pytest

from tests.core.drawing.cases import of_packs
from tests.core.drawing.test_dmn import a_table, a_value, with_table
from tests.standards.conftest import Peer
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Field, FieldType, OneOf, Procedure, Range, Table
from ventanilla.core.drawing.dmn import dmn_of
from ventanilla.core.drawing.feel import literal
from ventanilla.core.drawing.flow import safe
from ventanilla.core.engine import tables
from ventanilla.core.engine.scope import Scope

RANDOM = 60
CASES = 60


def test_documents_they_are_valid_by_the_schema_of_the_omg(spiff: Peer) -> None:
    made = [with_table(a_table(Random(seed))) for seed in range(RANDOM)]
    for procedure in (*_deciding(), *made):
        assert spiff.ask("valid", schema="dmn", document=dmn_of(procedure)) == []


@pytest.mark.parametrize("seed", range(RANDOM))
def test_random_tables_feelin_answers_as_our_engine_does(readers: Peer, seed: int) -> None:
    rng = Random(seed)
    table = a_table(rng)
    names = {name for expression in table.inputs for name in expression.names}
    cases = [{name: a_value(name, rng) for name in names} for _ in range(CASES)]

    _agree(readers, with_table(table), table, cases)


def test_tables_of_the_packs_feelin_answers_as_our_engine_does(readers: Peer) -> None:
    for procedure in _deciding():
        for table in procedure.tables.values():
            rng = Random(table.name)
            cases = [_drawn(procedure, table, rng) for _ in range(3 * CASES)]

            _agree(readers, procedure, table, cases)


def _deciding() -> list[Procedure]:
    return [procedure for procedure in of_packs().values() if procedure.tables]


def _agree(
    readers: Peer, procedure: Procedure, table: Table, cases: list[dict[str, Value]]
) -> None:
    """Assert that the other reader finds the same outputs of the same rows."""
    told = readers.ask(
        "dmn",
        document=dmn_of(procedure),
        decision=f"Decision_{safe(table.name)}",
        cases=[{name: literal(value) for name, value in case.items()} for case in cases],
    )

    assert told["warnings"] == []
    assert told["hit"] == table.hit.upper()
    for case, theirs in zip(cases, told["answers"], strict=True):
        rows = tables.matching(table, cast("Scope", _Names(case)))
        ours = [[_plain(value) for value in row.outputs] for row in rows]
        assert (theirs if table.hit.upper() == "COLLECT" else theirs[:1]) == ours, case


class _Names(dict[str, Value]):
    """A case's data; what it lacks is none."""

    def __missing__(self, name: str) -> None:
        return None


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, str | bool | int) else str(value)


def _drawn(procedure: Procedure, table: Table, rng: Random) -> dict[str, Value]:
    """Values of the names that the table reads: those its cells name, and others of their kind."""
    given: dict[str, Value] = {}
    for index, expression in enumerate(table.inputs):
        named = [value for row in table.rows for value in _values(row.cells[index])]
        for name in sorted(expression.names):
            field = procedure.fields.get(name)
            alone = expression.source.strip() == name
            given[name] = rng.choice([*(named if alone else []), *_others(field)])
    return given


def _values(cell: object) -> list[Value]:
    match cell:
        case OneOf(values=values):
            return list(values)
        case Range(low=low, high=high):
            return [low, high]
        case _:
            return []


_OTHERS: Mapping[FieldType, list[Value]] = {
    FieldType.BOOLEAN: [True, False],
    FieldType.INTEGER: [0, 7],
    FieldType.DECIMAL: [Decimal("0.5"), Decimal(9)],
}


def _others(field: Field | None) -> list[Value]:
    return [None, *(_OTHERS.get(field.type, ["otra"]) if field is not None else [None])]
