"""Functions over the rows of a repeating group. A group that is missing has no rows."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from ventanilla.core.definition.expressions.types import Entry, Scope, Value

Run = Callable[[Scope], Value]

GROUP_FUNCTIONS: Mapping[str, int] = {"column": 2, "rows": 3, "latest": 2, "cell": 4, "sum": 2}
"""With how many arguments: the group, the name of a column, and for some a value of it and the
column that is wanted."""


def column(group: Run, name: str) -> Run:
    """The values that a column has, in the order of the rows."""
    return lambda scope: tuple(_filled(group(scope), name))


def total(group: Run, name: str) -> Run:
    """The numbers of a column added up."""

    def run(scope: Scope) -> Value:
        found: int | Decimal = 0
        for value in _filled(group(scope), name):
            if isinstance(value, int | Decimal):
                found += value
        return found

    return run


def rows(group: Run, name: str, wanted: Run) -> Run:
    """The rows that have the value in a column."""

    def run(scope: Scope) -> Value:
        value = wanted(scope)
        return tuple(row for row in _rows(group(scope)) if _cell(row, name) == value)

    return run


def latest(group: Run, name: str) -> Run:
    """The last row of each value of a column, where the value came first."""

    def run(scope: Scope) -> Value:
        found: dict[Value, Entry] = {}
        for row in _rows(group(scope)):
            value = _cell(row, name)
            if value is not None:
                found[value] = row
        return tuple(found.values())

    return run


def cell(group: Run, name: str, wanted: Run, column: str) -> Run:
    """What another column says in the last row that has the value in a column."""

    def run(scope: Scope) -> Value:
        value = wanted(scope)
        found = [row for row in _rows(group(scope)) if _cell(row, name) == value]
        return _cell(found[-1], column) if found and value is not None else None

    return run


def without(whole: Run, part: Run) -> Run:
    """The items of a list that another does not have."""

    def run(scope: Scope) -> Value:
        items, taken = whole(scope), part(scope)
        kept = items if isinstance(items, tuple) else ()
        gone = taken if isinstance(taken, tuple) else ()
        return tuple(item for item in kept if item not in gone)

    return run


def _filled(group: Value, name: str) -> list[Value]:
    found = [_cell(row, name) for row in _rows(group)]
    return [value for value in found if value is not None]


def _rows(group: Value) -> list[Entry]:
    items = group if isinstance(group, tuple) else ()
    return [item for item in items if isinstance(item, Entry)]


def _cell(row: Entry, name: str) -> Value:
    return dict(row.cells).get(name)
