"""The calculus: when a span of service time that starts at an instant is over.

A span is counted on one of three measures: the clock, the open time of the calendar, or its
days. On each, counting is an addition, and what passed while the clock stood is added too.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ventanilla.core.businesstime.calendars import Calendar
from ventanilla.core.businesstime.daycount import (
    add_months,
    business_days,
    end_of_day,
    filed_at,
    last_day,
    local_day,
    rank_before,
    same_time,
    zero_days,
)
from ventanilla.core.businesstime.horizon import Beyond, BeyondHorizon
from ventanilla.core.businesstime.pauses import (
    Pause,
    after_standing,
    carried_past,
    running,
    stops,
)
from ventanilla.core.businesstime.rules import CountingRule, MonthEnd, Roll, Until
from ventanilla.core.businesstime.spans import Span, Unit
from ventanilla.core.businesstime.zones import HOUR, MINUTE, SECOND, instant, micros

CLOCK = {Unit.MINUTE: MINUTE, Unit.HOUR: HOUR}
OPEN_TIME = {Unit.BUSINESS_MINUTE: MINUTE, Unit.BUSINESS_HOUR: HOUR}
DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12}


class Count(NamedTuple):
    """A count that came to its end: instants in microseconds, days as ordinals."""

    ends: int
    first: int = 0
    """The day from which days are counted (itself counted or not)."""
    reached: int = 0
    """The day on which the amount was reached."""
    last: int = 0
    """The day on which the term ends: after ``reached`` where it may not end there."""


def due(
    calendar: Calendar,
    start: datetime,
    span: Span,
    rule: CountingRule | None = None,
    *,
    pauses: Sequence[Pause] = (),
) -> datetime | BeyondHorizon:
    """When the span is over (UTC), never before ``start``.

    Minutes and hours of either kind are over at the first instant by which so much time has
    passed; days and longer as the rule says (the calendar's own if none is given).
    """
    try:
        if span.unit in OPEN_TIME and not pauses:
            amount = span.amount * OPEN_TIME[span.unit]
            return instant(_open_time(calendar, micros(start), amount, ()))
        return instant(settle(calendar, start, span, rule or calendar.rule, pauses).ends)
    except Beyond as beyond:
        return BeyondHorizon(first=calendar.first, last=calendar.last, because=beyond.because)
    except OverflowError:
        return BeyondHorizon(first=calendar.first, last=calendar.last)


def settle(
    calendar: Calendar, start: datetime, span: Span, rule: CountingRule, pauses: Sequence[Pause]
) -> Count:
    """The whole count, from which both the due instant and its explanation are made."""
    unit, at = span.unit, micros(start)
    if unit in OPEN_TIME:
        return Count(_open_time(calendar, at, span.amount * OPEN_TIME[unit], pauses))
    if unit in CLOCK:
        target = at + span.amount * CLOCK[unit]
        if pauses:
            target = running(carried_past(target, stops(pauses, at, micros)))
        return Count(target)
    filed = filed_at(calendar, rule, at) if rule.late_filing_next_day else at
    if unit is Unit.BUSINESS_DAY:
        return _business_days(calendar, filed, span.amount, rule, pauses)
    return _calendar_days(calendar, filed, span, rule, pauses)


def _open_time(calendar: Calendar, at: int, amount: int, pauses: Sequence[Pause]) -> int:
    timeline = calendar.timeline
    midnights = timeline.midnights
    if not midnights[0] <= at < midnights[-1]:
        raise Beyond
    if pauses:
        begun = timeline.worked_until(at)
        standing = stops(pauses, begun, lambda moment: timeline.worked_until(micros(moment)))
        amount = running(carried_past(begun + amount, standing)) - begun
    if amount == 0:
        return at
    ends = timeline.when_worked_from(at, amount)
    if ends is None:
        raise Beyond
    return ends


def _business_days(
    calendar: Calendar, at: int, amount: int, rule: CountingRule, pauses: Sequence[Pause]
) -> Count:
    timeline = calendar.timeline
    day = timeline.day_of(at)
    if day is None:
        raise Beyond
    if amount == 0:
        reached = zero_days(calendar, rule, day)
    else:
        rank, days = (counted := business_days(calendar, rule)).rank, counted.days
        begun = (rank[day - 1] if day else 0) if rule.counts_first_day else rank[day]
        target = begun + amount
        if pauses:
            target = running(carried_past(target, _days_standing(calendar, rule, begun, pauses)))
        if target > len(days):
            raise Beyond
        reached = days[target - 1]
    first = timeline.first
    last = last_day(calendar, rule, first + reached) - first if rule.half_day_rolls else reached
    if rule.business_until is Until.CLOSING:
        ends = timeline.closing(last)
    else:
        ends = timeline.midnights[last + 1] - SECOND
    return _ended(at, ends, pauses, first + day, first + reached, first + last)


def _calendar_days(
    calendar: Calendar, at: int, span: Span, rule: CountingRule, pauses: Sequence[Pause]
) -> Count:
    first = local_day(calendar, at)
    must_roll = rule.roll is Roll.FORWARD
    begun, unit = first, span.unit
    if unit in MONTHS:
        reached, short = add_months(first, span.amount * MONTHS[unit])
        if short and rule.month_end is MonthEnd.NEXT_BUSINESS_DAY:
            reached, must_roll = reached + 1, True
    else:
        begun -= rule.counts_first_day and span.amount > 0
        reached = begun + span.amount * DAYS[unit]
    if pauses:
        standing = stops(pauses, begun, lambda moment: local_day(calendar, micros(moment)) - 1)
        reached = running(carried_past(reached, standing))
    must_roll = must_roll or rule.half_day_rolls
    last = last_day(calendar, rule, reached) if must_roll else reached
    if rule.calendar_until is Until.SAME_TIME:
        ends = same_time(calendar, at, first, last)
    else:
        ends = end_of_day(calendar, last, rule.calendar_until)
    return _ended(at, ends, pauses, first, reached, last)


def _days_standing(
    calendar: Calendar, rule: CountingRule, begun: int, pauses: Sequence[Pause]
) -> Sequence[tuple[int, int]]:
    return stops(pauses, begun, lambda moment: rank_before(calendar, rule, micros(moment)))


def _ended(
    at: int, ends: int, pauses: Sequence[Pause], first: int, reached: int, last: int
) -> Count:
    if pauses:
        ends = after_standing(ends, stops(pauses, at, micros))
    return Count(ends if ends > at else at, first, reached, last)  # noqa: FURB136 (a call costs more)
