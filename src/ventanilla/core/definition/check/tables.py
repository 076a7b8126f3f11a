"""Decision tables of a procedure: cases without a row, rows that meet, rows that never answer."""

from collections.abc import Mapping

from ventanilla.core.definition.check.boxes import Input, TooManyBoxes, boxes_of
from ventanilla.core.definition.check.flow import Known
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.check.truth import NEVER_MISSING
from ventanilla.core.definition.expressions import Expression, Kind
from ventanilla.core.definition.expressions import tree as t
from ventanilla.core.definition.model import FieldType, HitPolicy, Procedure, Table
from ventanilla.core.definition.problems import Code, Problems

MOST_TOLD = 5
_WHOLE_FUNCTIONS = frozenset({"len", "days", "hour"})


def check_tables(
    procedure: Procedure, known: Mapping[str, Known], places: Places, problems: Problems
) -> None:
    for table in procedure.tables.values():
        if table.hit is HitPolicy.COLLECT or not table.rows:
            continue
        sure = _sure(procedure, table, known)
        inputs = [_input(one, procedure, sure) for one in table.inputs]
        try:
            _check_table(table, inputs, places, problems)
        except TooManyBoxes:
            continue


def _check_table(table: Table, inputs: list[Input], places: Places, problems: Problems) -> None:
    boxes = boxes_of(table, inputs)
    if table.hit is HitPolicy.UNIQUE:
        for first, second, shared in boxes.overlaps()[:MOST_TOLD]:
            problems.add(
                Code.TABLE_OVERLAP,
                places.row(table.name, second),
                rows=f"{first + 1}, {second + 1}",
                case=boxes.describe(shared),
            )
    else:
        for row in boxes.dead_rows():
            problems.add(Code.TABLE_ROW_DEAD, places.row(table.name, row), name=table.name)
    for gap in boxes.gaps()[:MOST_TOLD]:
        problems.add(
            Code.TABLE_GAP,
            places.at("tables", table.name),
            name=table.name,
            case=boxes.describe(gap),
        )


def _sure(procedure: Procedure, table: Table, known: Mapping[str, Known]) -> frozenset[str]:
    """The fields with a value at every step that reads the table."""
    found: frozenset[str] | None = None
    for name, step in procedure.steps.items():
        if step.decide == table.name and name in known:
            surely = known[name].surely
            found = surely if found is None else found & surely
    return found or frozenset()


def _input(expression: Expression, procedure: Procedure, sure: frozenset[str]) -> Input:
    tree = expression.tree
    field = procedure.fields.get(tree.name) if isinstance(tree, t.Name) else None
    return Input(
        expression=expression,
        missing=_can_be_missing(expression, sure),
        whole=(field is not None and field.type is FieldType.INTEGER)
        or (isinstance(tree, t.Call) and tree.function in _WHOLE_FUNCTIONS),
    )


def _can_be_missing(expression: Expression, sure: frozenset[str]) -> bool:
    """A condition made of comparisons is true or false; a name may have no value."""
    if expression.type.kind is Kind.BOOLEAN and not isinstance(expression.tree, t.Name):
        return False
    return not expression.names <= sure | NEVER_MISSING
