"""Deadlines and their alarms."""

from dataclasses import dataclass
from enum import StrEnum

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.model.flow import Trigger, Who


class Side(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A moment before or after the limit, or at a share (0–100) of the time given."""

    name: str
    side: Side
    span: Span | None = None
    percent: int = 0
    to: Who | None = None
    say: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A limit counted from an event until another, on a calendar (the case's office by default)."""

    name: str
    title: str
    starts: tuple[Trigger, ...]
    stops: tuple[Trigger, ...]
    within: Span
    earliest: Span | None = None
    """Promised for no earlier than this; ending before breaks no promise."""
    agreement: str | None = None
    """What may be agreed with the party, and then gives the term instead of ``within``."""
    term: Expression | None = None
    """A duration that, when it is known, gives the term instead of ``within``."""
    calendar: str | None = None
    rule: str | None = None
    restart: bool = False
    drops: tuple[Trigger, ...] = ()
    """Events by which the clock ceases: neither met nor missed."""
    since: Expression | None = None
    """The instant or date the limit is counted from, when it is not that of the starting event."""
    step: str | None = None
    """The step that spelled it as ``within``; it dies with the step's visit."""
    alarms: tuple[Alarm, ...] = ()
    cites: str = ""
    waits: tuple[str, ...] = ()
    """Steps at which the case waits for the party: while it is there, the clock stands."""
