"""The extension of a term: more time by an act, within limits of its own; the clock runs on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ventanilla.core.businesstime.calendars import Calendar
from ventanilla.core.businesstime.counting import due
from ventanilla.core.businesstime.horizon import BeyondHorizon
from ventanilla.core.businesstime.pauses import Pause
from ventanilla.core.businesstime.rules import CountingRule
from ventanilla.core.businesstime.spans import LARGEST_AMOUNT, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """An act that lengthens a term; its day does not matter, only that it was granted."""

    span: Span
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionLimit:
    """How often a term may be extended, and by how much in all; None leaves it open.

    ``percent`` is of the term itself and needs extensions in the term's own unit.
    """

    times: int | None = None
    percent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRefused:
    """Why an extension may not be granted.

    Codes: ``too_often`` (``allowed`` times), ``too_long`` (``allowed`` units in all),
    ``other_unit``.
    """

    code: str
    allowed: int = 0


def extended(
    calendar: Calendar,
    start: datetime,
    span: Span,
    extensions: Sequence[Extension],
    rule: CountingRule | None = None,
    *,
    pauses: Sequence[Pause] = (),
) -> datetime | BeyondHorizon:
    """When an extended term is over (UTC).

    An extension in the unit of what it extends makes one longer term; one in another unit is
    counted from where the term would have ended.
    """
    ends: datetime | BeyondHorizon = start
    for part in joined(span, extensions):
        if isinstance(ends, BeyondHorizon):
            return ends
        ends = due(calendar, ends, part, rule, pauses=pauses)
    return ends


def extension_refused(
    span: Span, granted: Sequence[Extension], asked: Extension, limit: ExtensionLimit
) -> ExtensionRefused | None:
    """Why one more extension may not be granted, or nothing if it may."""
    if limit.times is not None and len(granted) >= limit.times:
        return ExtensionRefused(code="too_often", allowed=limit.times)
    if limit.percent is None:
        return None
    everything = [*granted, asked]
    if any(extension.span.unit is not span.unit for extension in everything):
        return ExtensionRefused(code="other_unit")
    allowed = span.amount * limit.percent // 100
    if sum(extension.span.amount for extension in everything) > allowed:
        return ExtensionRefused(code="too_long", allowed=allowed)
    return None


def joined(span: Span, extensions: Sequence[Extension]) -> list[Span]:
    """The terms that follow one another: extensions in the unit of what they extend lengthen it."""
    parts = [span]
    for extension in extensions:
        last, more = parts[-1], extension.span
        if more.unit is last.unit and last.amount + more.amount <= LARGEST_AMOUNT:
            parts[-1] = Span(amount=last.amount + more.amount, unit=last.unit)
        else:
            parts.append(more)
    return parts
