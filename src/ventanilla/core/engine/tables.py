"""Reading a decision table."""

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import AnyCell, Cell, HitPolicy, OneOf, Row, Table
from ventanilla.core.engine.scope import Scope


def matching(table: Table, scope: Scope) -> tuple[Row, ...]:
    """The rows that match, in written order: at most one, unless the table collects."""
    inputs = tuple(expression.evaluate(scope) for expression in table.inputs)
    found = []
    for row in table.rows:
        if all(matches(cell, value) for cell, value in zip(row.cells, inputs, strict=True)):
            found.append(row)
            if table.hit is not HitPolicy.COLLECT:
                break
    return tuple(found)


def outputs(table: Table, rows: tuple[Row, ...]) -> dict[str, Value]:
    """The values to write: of the row that matched, or lists of all when the table collects.

    No row matched: the outputs are emptied, so that nothing of an earlier reading survives.
    """
    if table.hit is HitPolicy.COLLECT:
        return {
            name: tuple(row.outputs[index] for row in rows)
            for index, name in enumerate(table.outputs)
        }
    values = rows[0].outputs if rows else (None,) * len(table.outputs)
    return dict(zip(table.outputs, values, strict=True))


def matches(cell: Cell, value: Value) -> bool:
    """Whether a cell admits a value; a missing value is admitted by "any" and by none in a list."""
    match cell:
        case AnyCell():
            return True
        case OneOf(values=values):
            return value in values
        case _:
            if value is None:
                return False
            low, high = cell.low, cell.high
            above = low is None or (value >= low if cell.includes_low else value > low)  # type: ignore[operator]
            below = high is None or (value <= high if cell.includes_high else value < high)  # type: ignore[operator]
            return bool(above and below)
