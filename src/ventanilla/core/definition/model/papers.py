"""The parts of the controlled document that the engine does not run, and its indicators."""

from dataclasses import dataclass
from datetime import date

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.model.tables import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    concept: str
    position: str
    unit: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    norm: str
    article: str = ""
    supports: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    version: int
    on: str
    what: str
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    supports: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """What a role has to do with the steps and actions: answers, does, helps, is told."""

    role: str
    accountable: tuple[str, ...] = ()
    does: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The parts of the controlled document that people read and the engine does not run."""

    objective: str = ""
    starts: str = ""
    ends: str = ""
    definitions: tuple[tuple[str, str], ...] = ()
    legal: tuple[LegalBasis, ...] = ()
    related: Related = Related()
    signatures: tuple[Signature, ...] = ()
    changes: tuple[Change, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A share of the closed cases that ``count``, or an ``average``, judged by bands.

    ``over`` says which cases are looked at; none: all of them.
    """

    name: str
    title: str
    count: Expression | None
    average: Expression | None
    over: Expression | None
    targets: tuple[Band, ...]
    every: Span | None
    who: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgUnit:
    """A unit of the organisation as documents name it; ``also`` are its other names."""

    title: str
    short: str = ""
    also: tuple[str, ...] = ()
