"""Decision tables and catalogues."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ventanilla.core.definition.expressions import Expression, Value


class HitPolicy(StrEnum):
    UNIQUE = "unique"
    FIRST = "first"
    COLLECT = "collect"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyCell:
    """Matches whatever comes, a missing value too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """Matches any of the values; None among them matches a missing value."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Matches an ordered value between the bounds; a missing bound is open to infinity."""

    low: Value = None
    high: Value = None
    includes_low: bool = True
    includes_high: bool = True


Cell = AnyCell | OneOf | Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    key: str
    cells: tuple[Cell, ...]
    outputs: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A decision table: the outputs of the matching row are written into the fields."""

    name: str
    title: str
    hit: HitPolicy
    inputs: tuple[Expression, ...]
    outputs: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A field that is asked, and the points of each answer (``true``, ``false``)."""

    field: str
    points: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The result of a questionnaire whose points the cell admits."""

    value: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """Points and what they come to: the sum is written into one field, its band into another."""

    name: str
    title: str
    questions: tuple[Question, ...]
    points: str
    band: str | None = None
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    alias_of: str = ""
    """The code of which this one is another name, that it had before or has now."""

    def stands_on(self, day: date) -> bool:
        """Whether the code may be chosen on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    name: str
    columns: tuple[str, ...]
    rows: tuple[CatalogueRow, ...]

    def codes_on(self, day: date) -> frozenset[str]:
        """The codes that may be chosen on a day."""
        return frozenset(row.code for row in self.rows if row.stands_on(day))

    @property
    def renamed(self) -> bool:
        """Whether some code has several names."""
        codes = [row.code for row in self.rows]
        return len(set(codes)) < len(codes) or any(row.alias_of for row in self.rows)

    def row_on(self, code: str, day: date) -> CatalogueRow | None:
        """What the catalogue says of a code on a day, by whatever name it had then.

        On a day on which no name stands it is what the code's own last row says.
        """
        named = self._named(code)
        own = [row for row in named if row.code == code]
        standing = [row for row in (*named, *own) if row.stands_on(day)]
        return next(reversed(standing or own), None)

    def label_on(self, code: str, day: date) -> str:
        """The name of a code on a day, and beside it those it had or has on other days."""
        row = self.row_on(code, day)
        if row is None:
            return code
        others = dict.fromkeys(one.label for one in self._named(code) if one.label != row.label)
        return f"{row.label} ({', '.join(others)})" if others else row.label

    def _named(self, code: str) -> list[CatalogueRow]:
        whose = {row.code: row.alias_of or row.code for row in self.rows}
        main = whose.get(code, code)
        return [row for row in self.rows if (row.alias_of or row.code) == main]
