"""What a procedure asks of systems outside it, and the cases of other procedures that it opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from ventanilla.core.definition.expressions import Expression, Value
from ventanilla.core.definition.model.fields import Field

Answer: TypeAlias = Mapping[str, Value]
"""By the names of what a connector gives."""

Ring: TypeAlias = tuple[tuple[float, float], ...]
"""Longitude and latitude of each corner, the last the same as the first."""


class ConnectorKind(StrEnum):
    """Whether the outside is only asked, or something is changed there."""

    QUESTION = "question"
    ORDER = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTable:
    """A sheet that answers in place of the system, as it stood on a day.

    ``none`` is what a key that is not in the sheet means; without it, nothing is known of it.
    """

    as_of: date
    match: tuple[str, ...]
    rows: Mapping[tuple[Value, ...], Answer]
    none: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Polygons, each with its holes, and what is answered within them."""

    polygons: tuple[tuple[Ring, ...], ...]
    key: tuple[Value, ...]
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """A map that answers for a point. ``none`` is what a point outside every area means."""

    as_of: date
    point: str
    match: tuple[str, ...]
    areas: tuple[Area, ...]
    none: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connector:
    """A system outside: what it needs to be told and what it tells, each with its type."""

    name: str
    title: str
    kind: ConnectorKind
    takes: Mapping[str, Field]
    gives: Mapping[str, Field]
    table: LocalTable | None = None
    zones: Zones | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A case of another procedure, begun by a step, an action or a rule, which its name tells.

    ``results`` are fields of this case, and what they take from the other when it closes: one of
    its fields, or its result when empty. With ``wait`` the step rests until then.
    """

    name: str
    procedure: str
    values: tuple[tuple[Field, Expression], ...] = ()
    results: tuple[tuple[str, str], ...] = ()
    wait: bool = False
