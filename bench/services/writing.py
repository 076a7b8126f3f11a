"""What one operation writes, as plain values that need no framework to be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Row = dict[str, Any]


class Fresh(StrEnum):
    """How a value that must be unique is made anew."""

    TEXT = "text"
    UUID = "uuid"
    HEX = "hex"


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """A new row. `points` are columns that hold the id of another new row, by table and old id."""

    table: str
    id: int
    values: Row
    points: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    fresh: Mapping[str, Fresh] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Columns of a row that changed."""

    table: str
    id: int
    values: Row
    points: Mapping[str, tuple[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """All that one operation writes, in an order that the foreign keys allow."""

    inserts: tuple[Insert, ...]
    updates: tuple[Update, ...]
