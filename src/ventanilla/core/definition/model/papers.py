"""The parts of the controlled document that people read and the engine does not run."""

from dataclasses import dataclass
from datetime import date


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    name: str
    title: str
    count: str
    over: str
    targets: tuple[tuple[str, str], ...]
    every: str
    who: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgUnit:
    """A unit of the organisation as documents name it; ``also`` are its other names."""

    title: str
    short: str = ""
    also: tuple[str, ...] = ()
