"""The words of each section and what may stand beside them, declared once.

The compiler opens a mapping with its section and refuses words that are not there. JSON Schemas,
the proof that the reference is complete, and the mutants of packs come of the same declarations.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Wording(StrEnum):
    """What a text must look like. What an expression means is for the compiler to judge."""

    TEXT = "text"
    NAME = "name"
    EXPRESSION = "expression"
    EVENT = "event"
    SPAN = "span"
    TERM = "term"
    DATE = "date"
    PARTIAL_DATE = "partial date"
    INTEGER = "integer"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text; with ``options`` it is one of them."""

    wording: Wording = Wording.TEXT
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Some:
    """A list; one value alone stands for a list of it, unless a list must be written."""

    of: "Shape"
    alone: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A mapping whose keys the author chooses: names, or any text where ``free``."""

    of: "Shape"
    free: bool = False
    keys: tuple[str, ...] = ()
    """The only keys there may be, if they are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Either:
    """One of several shapes."""

    shapes: tuple["Shape", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anything:
    """Whatever the compiler takes."""


@dataclass(frozen=True, slots=True)
class Section:
    """A mapping with words of the language. ``later`` are words this version does not run yet."""

    name: str
    words: "Mapping[str, Shape]"
    required: str = field(default="", kw_only=True)
    later: str = field(default="", kw_only=True)

    @property
    def must(self) -> tuple[str, ...]:
        return tuple(self.required.split())

    @property
    def postponed(self) -> tuple[str, ...]:
        return tuple(self.later.split())

    def __hash__(self) -> int:
        return hash(self.name)


Shape = Text | Some | Named | Either | Anything | Section

TEXT = Text()
NAME = Text(wording=Wording.NAME)
EXPRESSION = Text(wording=Wording.EXPRESSION)
EVENT = Text(wording=Wording.EVENT)
SPAN = Text(wording=Wording.SPAN)
TERM_TEXT = Text(wording=Wording.TERM)
"""A span, or ``2..15 days``: an earliest and a latest."""
DATE = Text(wording=Wording.DATE)
PARTIAL_DATE = Text(wording=Wording.PARTIAL_DATE)
INTEGER = Text(wording=Wording.INTEGER)
BOOLEAN = Text(wording=Wording.BOOLEAN)
ANYTHING = Anything()


def one_of(*options: str) -> Text:
    """One of these words."""
    return Text(options=tuple(str(option) for option in options))


def some(of: Shape) -> Some:
    """A list, or one alone."""
    return Some(of=of)


def listed(of: Shape) -> Some:
    """A list, written as one."""
    return Some(of=of, alone=False)


def named(of: Shape) -> Named:
    """A mapping from names that expressions may use."""
    return Named(of=of)


def keyed(of: Shape, *keys: str) -> Named:
    """A mapping from texts, or from these keys only."""
    return Named(of=of, free=True, keys=keys)


def either(*shapes: Shape) -> Either:
    """Any of these shapes."""
    return Either(shapes=shapes)


def sections_of(shape: Shape) -> dict[str, Section]:
    """Every section within a shape, by name, itself first."""
    found: dict[str, Section] = {}
    waiting: list[Shape] = [shape]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, Section):
            if one.name in found:
                continue
            found[one.name] = one
        waiting += inside(one)
    return found


def inside(shape: Shape) -> tuple[Shape, ...]:
    """The shapes that a shape is made of."""
    match shape:
        case Some(of=of) | Named(of=of):
            return (of,)
        case Either(shapes=shapes):
            return shapes
        case Section(words=words):
            return tuple(words.values())
        case _:
            return ()
