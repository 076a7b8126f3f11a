"""Which open deadlines a new version of a calendar moves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.businesstime.calendars import Calendar
from ventanilla.core.businesstime.extensions import Extension, extended
from ventanilla.core.businesstime.horizon import BeyondHorizon
from ventanilla.core.businesstime.pauses import Pause
from ventanilla.core.businesstime.rules import CountingRule
from ventanilla.core.businesstime.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTerm:
    """A term that still runs, with everything its end depends on but the calendar."""

    key: str
    start: datetime
    span: Span
    rule: CountingRule | None = None
    pauses: Sequence[Pause] = ()
    extensions: Sequence[Extension] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A deadline that is another under the new version."""

    key: str
    was: datetime | BeyondHorizon
    now: datetime | BeyondHorizon


def moved(old: Calendar, new: Calendar, terms: Iterable[OpenTerm]) -> tuple[Move, ...]:
    """The terms that end elsewhere under the new calendar; nothing is changed by asking."""
    if old == new:
        return ()
    moves = (Move(key=term.key, was=_end(old, term), now=_end(new, term)) for term in terms)
    return tuple(move for move in moves if move.was != move.now)


def _end(calendar: Calendar, term: OpenTerm) -> datetime | BeyondHorizon:
    return extended(calendar, term.start, term.span, term.extensions, term.rule, pauses=term.pauses)
