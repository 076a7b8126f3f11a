"""Values that cases are made of, and the types by which expressions are checked before use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from ventanilla.core.businesstime import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A document of identity: its kind (``pe.dni``) and its number in normal form."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the staff. ``key`` is the login, and all that identifies the person."""

    key: str
    name: str = ""
    email: str = ""
    phone: str = ""

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class GeoPoint:
    """Degrees, north and east positive."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a repeating group: the values by column."""

    cells: tuple[tuple[str, "Value"], ...]


Value: TypeAlias = (
    bool
    | int
    | Decimal
    | str
    | date
    | datetime
    | Span
    | Identity
    | Person
    | GeoPoint
    | Entry
    | tuple["Value", ...]
    | None
)
"""None is a datum that nobody has given. Datetimes are aware."""

Scope: TypeAlias = Mapping[str, Value]


class Kind(StrEnum):
    NOTHING = "nothing"
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    DURATION = "duration"
    LIST = "list"
    IDENTITY = "identity"
    PERSON = "person"
    POINT = "point"
    ENTRY = "entry"


ORDERED = frozenset({Kind.NUMBER, Kind.DATE, Kind.DATETIME})
"""Kinds whose values come one before the other. Texts have an order for a language, not here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """``options`` are the values a text can have, with their labels, when they are known.

    ``columns`` are those of a row of a repeating group.
    """

    kind: Kind
    item: "Type | None" = None
    options: tuple[tuple[str, str], ...] | None = None
    columns: tuple[tuple[str, "Type"], ...] | None = None

    @property
    def values(self) -> frozenset[str] | None:
        return None if self.options is None else frozenset(value for value, _ in self.options)

    def describe(self) -> str:
        """A stable word for the type; sentences translate it."""
        return f"list:{self.item.kind}" if self.item is not None else str(self.kind)


NOTHING = Type(kind=Kind.NOTHING)
TEXT = Type(kind=Kind.TEXT)
NUMBER = Type(kind=Kind.NUMBER)
BOOLEAN = Type(kind=Kind.BOOLEAN)
DATE = Type(kind=Kind.DATE)
DATETIME = Type(kind=Kind.DATETIME)
DURATION = Type(kind=Kind.DURATION)
IDENTITY = Type(kind=Kind.IDENTITY)
PERSON = Type(kind=Kind.PERSON)
POINT = Type(kind=Kind.POINT)
ENTRY = Type(kind=Kind.ENTRY)


MEMBERS: Mapping[Kind, tuple[str, ...]] = {
    Kind.PERSON: ("key", "name", "email", "phone"),
    Kind.IDENTITY: ("kind", "number"),
}
"""What a dotted name may read of a structured value: ``especialista.phone``. All are texts."""


def list_of(item: Type) -> Type:
    return Type(kind=Kind.LIST, item=item)


def entry_of(columns: tuple[tuple[str, Type], ...]) -> Type:
    return Type(kind=Kind.ENTRY, columns=columns)


def choice_of(options: tuple[tuple[str, str], ...]) -> Type:
    return Type(kind=Kind.TEXT, options=options)


def join_types(left: Type, right: Type) -> Type | None:
    """The type of a value that may be either, or None when no type holds both."""
    if left.kind is Kind.NOTHING:
        return right
    if right.kind is Kind.NOTHING:
        return left
    if left.kind is not right.kind:
        return None
    if left.kind is Kind.LIST:
        return _join_lists(left, right)
    if left == right:
        return left
    if left.options is None or right.options is None:
        return Type(kind=left.kind)
    return Type(
        kind=left.kind, options=tuple({**dict(right.options), **dict(left.options)}.items())
    )


def _join_lists(left: Type, right: Type) -> Type | None:
    if left.item is None or right.item is None:
        return left if right.item is None else right
    item = join_types(left.item, right.item)
    return None if item is None else list_of(item)


def accepts(target: Type, given: Type) -> bool:
    """Whether a value of one type may be put where the other is expected."""
    if given.kind is Kind.NOTHING:
        return True
    if target.kind is not given.kind:
        return False
    if target.kind is Kind.LIST:
        return target.item is None or given.item is None or accepts(target.item, given.item)
    if target.columns != given.columns and None not in (target.columns, given.columns):
        return False
    allowed, possible = target.values, given.values
    return allowed is None or (possible is not None and possible <= allowed)
