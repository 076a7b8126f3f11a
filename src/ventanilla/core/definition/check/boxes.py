"""Decision tables as boxes: which cases no row covers, and which two rows cover at once.

Each input is cut into the finest parts that any row tells apart (values, points, the open spaces
between points, "any other", missing). A cell is then a set of parts, kept as the bits of a number;
a row is a box; gaps come of subtracting boxes, overlaps of intersecting them. All of it is exact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor
from typing import Any

from ventanilla.core.definition.expressions import Expression, Kind
from ventanilla.core.definition.expressions.types import ORDERED
from ventanilla.core.definition.expressions.wording import number_text
from ventanilla.core.definition.model import AnyCell, Cell, OneOf, Range, Table

Box = tuple[int, ...]
MAX_BOXES = 20_000


class TooManyBoxes(Exception):
    """The table falls into more boxes than are worth looking at."""


@dataclass(frozen=True, slots=True)
class Part:
    """A value, the open space between two, any other value, or a missing one."""

    kind: str
    low: Any = None
    high: Any = None

    def within(self, cell: Cell) -> bool:
        """Whether the cell admits this part; parts are so fine that it is all or nothing."""
        match cell:
            case AnyCell():
                return True
            case OneOf(values=values):
                if self.kind == "missing":
                    return None in values
                return self.kind == "value" and self.low in values
            case Range():
                return self._in_range(cell)

    def _in_range(self, cell: Range) -> bool:
        if self.kind == "value":
            above = (
                cell.low is None
                or self.low > cell.low
                or (cell.includes_low and self.low == cell.low)
            )
            below = (
                cell.high is None
                or self.low < cell.high
                or (cell.includes_high and self.low == cell.high)
            )
            return bool(above and below)
        if self.kind != "between":
            return False
        above = cell.low is None or (self.low is not None and self.low >= cell.low)
        below = cell.high is None or (self.high is not None and self.high <= cell.high)
        return bool(above and below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """An input cut into parts."""

    source: str
    parts: tuple[Part, ...]

    @property
    def all(self) -> int:
        return (1 << len(self.parts)) - 1

    def bits(self, cell: Cell) -> int:
        return sum(1 << index for index, part in enumerate(self.parts) if part.within(cell))

    def describe(self, bits: int) -> str:
        """The first of the parts, as a condition of the language; nothing for all of them."""
        if bits == self.all:
            return ""
        part = next(part for index, part in enumerate(self.parts) if bits >> index & 1)
        match part.kind:
            case "missing":
                return f"{self.source} == none"
            case "value":
                return f"{self.source} == {_literal(part.low)}"
            case "between":
                return " and ".join(
                    f"{self.source} {sign} {_literal(bound)}"
                    for sign, bound in ((">", part.low), ("<", part.high))
                    if bound is not None
                )
            case _:
                return f"{self.source} == …"


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    return str(value) if not hasattr(value, "as_tuple") else number_text(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """What is known of an input: whether it can be missing, and whether it counts whole things."""

    expression: Expression
    missing: bool
    whole: bool = False


def column_of(given_input: Input, cells: Iterable[Cell]) -> Column:
    """Cut an input as finely as its cells demand."""
    expression = given_input.expression
    listed = tuple(cells)
    given = {value for cell in listed for value in _values(cell) if value is not None}
    asks_missing = any(isinstance(cell, OneOf) and None in cell.values for cell in listed)
    none = (Part("missing"),) if given_input.missing or asks_missing else ()
    parts = _parts(expression, given)
    if given_input.whole or expression.type.kind is Kind.DATE:
        parts = tuple(part for part in parts if not _is_void(part))
    return Column(source=expression.source, parts=(*parts, *none))


def _is_void(part: Part) -> bool:
    """Whether nothing lies between two bounds: two numbers or days that follow each other."""
    if part.kind != "between" or part.low is None or part.high is None:
        return False
    if isinstance(part.low, date):
        return bool(part.high - part.low <= timedelta(days=1))
    return bool(ceil(part.high) - floor(part.low) <= 1)


def _values(cell: Cell) -> tuple[Any, ...]:
    match cell:
        case OneOf(values=values):
            return values
        case Range(low=low, high=high):
            return (low, high)
        case _:
            return ()


def _parts(expression: Expression, given: set[Any]) -> tuple[Part, ...]:
    kind = expression.type
    if kind.kind is Kind.BOOLEAN:
        return tuple(Part("value", value) for value in (True, False))
    if kind.values is not None:
        return tuple(Part("value", value) for value in sorted(kind.values))
    if kind.kind in ORDERED:
        return _ordered(sorted(given))
    return (*(Part("value", value) for value in sorted(given, key=str)), Part("other"))


def _ordered(bounds: Sequence[Any]) -> tuple[Part, ...]:
    found: list[Part] = []
    before = None
    for bound in bounds:
        found += [Part("between", before, bound), Part("value", bound)]
        before = bound
    return (*found, Part("between", before, None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """A table in parts: one box for each row."""

    columns: tuple[Column, ...]
    rows: tuple[Box, ...]

    def gaps(self) -> list[Box]:
        """The cases that no row covers, as boxes that share nothing."""
        return self.uncovered(tuple(column.all for column in self.columns), self.rows)

    def overlaps(self) -> list[tuple[int, int, Box]]:
        """The pairs of rows that cover a case together, with the cases."""
        found = []
        for second, box in enumerate(self.rows):
            for first in range(second):
                shared = _intersect(self.rows[first], box)
                if shared is not None:
                    found.append((first, second, shared))
        return found

    def dead_rows(self) -> list[int]:
        """The rows whose cases are all covered by rows before them."""
        return [
            index
            for index, box in enumerate(self.rows)
            if not all(box) or not self.uncovered(box, self.rows[:index])
        ]

    def uncovered(self, whole: Box, rows: Iterable[Box]) -> list[Box]:
        """What remains of a box when others are taken away; raises TooManyBoxes."""
        left = [whole]
        for row in rows:
            left = [piece for box in left for piece in _subtract(box, row)]
            if len(left) > MAX_BOXES:
                raise TooManyBoxes
        return left

    def describe(self, box: Box) -> str:
        """One case of the box, in the words of the language."""
        told = (column.describe(bits) for column, bits in zip(self.columns, box, strict=True))
        return ", ".join(one for one in told if one) or "…"


def boxes_of(table: Table, inputs: Sequence[Input]) -> Boxes:
    """Cut a table, knowing of each input what it can be."""
    columns = tuple(
        column_of(one, (row.cells[index] for row in table.rows)) for index, one in enumerate(inputs)
    )
    rows = tuple(
        tuple(column.bits(cell) for column, cell in zip(columns, row.cells, strict=True))
        for row in table.rows
    )
    return Boxes(columns=columns, rows=rows)


def _intersect(one: Box, other: Box) -> Box | None:
    shared = tuple(a & b for a, b in zip(one, other, strict=True))
    return shared if all(shared) else None


def _subtract(box: Box, hole: Box) -> list[Box]:
    """A box without a hole: pieces, cut one input after another, that share nothing."""
    if _intersect(box, hole) is None:
        return [box]
    pieces: list[Box] = []
    rest = list(box)
    for index, bits in enumerate(hole):
        outside = rest[index] & ~bits
        if outside:
            pieces.append((*rest[:index], outside, *rest[index + 1 :]))
        rest[index] &= bits
    return pieces
