"""What the compiler is given: the files of a pack as nodes, and what comes from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from ventanilla.core.businesstime import Calendar, Opening, SpecialDay
from ventanilla.core.definition.model import Field, Ring
from ventanilla.core.definition.nodes import Mark, Node, Scalar, Sequence
from ventanilla.core.definition.values import IdentityCheck, any_identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message file: its front matter, and the body below it."""

    front: Node | None
    body: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """An area of a map: its polygons and what the map says of it."""

    polygons: tuple[tuple[Ring, ...], ...]
    properties: Mapping[str, Scalar]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackNodes:
    """The files of a pack, read. Sheets are sequences of sequences, the first one the header."""

    pack: Node | None
    procedures: Mapping[str, Node] = field(default_factory=dict)
    messages: Mapping[str, Letter] = field(default_factory=dict)
    sheets: Mapping[str, Sequence] = field(default_factory=dict)
    maps: Mapping[str, tuple[Plot, ...]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    """Procedure files of which nothing could be made; what they define cannot be missed."""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """What another procedure of the pack needs to be known by: its data and how it may end."""

    code: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    results: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPlan:
    """A calendar as the pack asks for it; public holidays come from outside."""

    name: str
    mark: Mark
    country: str
    region: str = ""
    zone: str = ""
    hours: Mapping[int, tuple[Opening, ...]] | None = None
    special: tuple[SpecialDay, ...] = ()
    first: date | None = None
    last: date | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRefused:
    """No such calendar can be made; ``reason`` is a stable word."""

    reason: str
    params: Mapping[str, str] = field(default_factory=dict)


CalendarMaker: TypeAlias = Callable[[CalendarPlan], Calendar | CalendarRefused]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What the core cannot know by itself."""

    calendars: CalendarMaker
    identity: IdentityCheck = any_identity
    identity_kinds: frozenset[str] | None = None
    """The kinds of identity that can be checked; None: any may be named."""
