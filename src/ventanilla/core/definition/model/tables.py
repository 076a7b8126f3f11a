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
