"""The instants of a deadline's alarms: before it, after it, or at a share of its time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from ventanilla.core.businesstime.backward import before
from ventanilla.core.businesstime.calendars import Calendar
from ventanilla.core.businesstime.counting import due
from ventanilla.core.businesstime.horizon import BeyondHorizon
from ventanilla.core.businesstime.pauses import Pause, carried_past, stops
from ventanilla.core.businesstime.rules import CountingRule
from ventanilla.core.businesstime.spans import Span, Unit
from ventanilla.core.businesstime.zones import instant, micros

BUSINESS = (Unit.BUSINESS_MINUTE, Unit.BUSINESS_HOUR, Unit.BUSINESS_DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """So long before the deadline, though never before the count began."""

    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """So long after the deadline."""

    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class AtShare:
    """When so many percent of the deadline's running time have passed, from 0 to 100.

    The time of business units is open time; that of the others is the clock's. While the clock
    of the term stands, no share of it passes.
    """

    percent: int

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100:
            raise ValueError("a share lies between 0 and 100 percent")


AlarmOffset = Before | After | AtShare


def alarm_instants(
    calendar: Calendar,
    start: datetime,
    span: Span,
    offsets: Sequence[AlarmOffset],
    rule: CountingRule | None = None,
    *,
    pauses: Sequence[Pause] = (),
) -> tuple[datetime | BeyondHorizon, ...]:
    """When each alarm of a deadline fires (UTC), in the order given; unknown where it is."""
    limit = due(calendar, start, span, rule, pauses=pauses)
    if isinstance(limit, BeyondHorizon):
        return tuple(limit for _ in offsets)
    return tuple(_alarm(calendar, start, span, limit, offset, rule, pauses) for offset in offsets)


def _alarm(
    calendar: Calendar,
    start: datetime,
    span: Span,
    limit: datetime,
    offset: AlarmOffset,
    rule: CountingRule | None,
    pauses: Sequence[Pause],
) -> datetime | BeyondHorizon:
    match offset:
        case Before():
            found = before(calendar, limit, offset.span, rule)
            return found if isinstance(found, BeyondHorizon) else max(found, start)
        case After():
            return due(calendar, limit, offset.span, rule)
        case AtShare():
            return share_of(calendar, start, span.unit, limit, offset.percent, pauses=pauses)
    assert_never(offset)


def share_of(
    calendar: Calendar,
    start: datetime,
    unit: Unit,
    limit: datetime,
    percent: int,
    *,
    pauses: Sequence[Pause] = (),
) -> datetime | BeyondHorizon:
    """When a share of the running time between ``start`` and ``limit`` has passed (UTC).

    Open time for business units, unless there is none between them; else the clock's.
    """
    timeline = calendar.timeline
    if unit in BUSINESS and timeline.day_of(micros(start)) is not None:
        begun = timeline.worked_until(micros(start))
        standing = stops(pauses, begun, lambda moment: timeline.worked_until(micros(moment)))
        target = _share(begun, timeline.worked_until(micros(limit)), standing, percent)
        found = timeline.when_worked(target) if target > begun else None
        if found is not None:
            return instant(found)
    begun = micros(start)
    return instant(_share(begun, micros(limit), stops(pauses, begun, micros), percent))


def _share(begun: int, ended: int, standing: Sequence[tuple[int, int]], percent: int) -> int:
    stood = sum(min(end, ended) - start for start, end in standing if start < ended)
    return carried_past(begun + (ended - begun - stood) * percent // 100, standing)
