"""Counting backwards: by when something must be done that is due a span before an instant."""

from datetime import datetime

from ventanilla.core.businesstime.calendars import Calendar
from ventanilla.core.businesstime.counting import CLOCK, DAYS, MONTHS, OPEN_TIME
from ventanilla.core.businesstime.daycount import (
    add_months,
    business_days,
    end_of_day,
    last_day_before,
    local_day,
    same_time,
)
from ventanilla.core.businesstime.horizon import Beyond, BeyondHorizon
from ventanilla.core.businesstime.rules import CountingRule, Until
from ventanilla.core.businesstime.spans import Span, Unit
from ventanilla.core.businesstime.zones import instant, micros


def before(
    calendar: Calendar, target: datetime, span: Span, rule: CountingRule | None = None
) -> datetime | BeyondHorizon:
    """The last instant (UTC) from which the whole span still fits before ``target``.

    Days are counted from the target's own day, which does not count unless the rule counts the
    first day. Where the rule moves a term that ends on a closed day, a backward one moves to the
    business day before, so that nobody has less than the span.
    """
    try:
        return instant(_before(calendar, micros(target), span, rule or calendar.rule))
    except (Beyond, OverflowError):
        return BeyondHorizon(first=calendar.first, last=calendar.last)


def _before(calendar: Calendar, at: int, span: Span, rule: CountingRule) -> int:
    unit, amount = span.unit, span.amount
    if amount == 0:
        return at
    if unit in CLOCK:
        return at - amount * CLOCK[unit]
    if unit in OPEN_TIME:
        return _open_time(calendar, at, amount * OPEN_TIME[unit])
    if unit is Unit.BUSINESS_DAY:
        return min(at, _business_days(calendar, at, amount, rule))
    return min(at, _calendar_days(calendar, at, span, rule))


def _open_time(calendar: Calendar, at: int, amount: int) -> int:
    timeline = calendar.timeline
    if timeline.day_of(at) is None:
        raise Beyond
    left = timeline.worked_until(at) - amount
    begins = timeline.when_last_worked(left) if left >= 0 else None
    if begins is None:
        raise Beyond
    return begins


def _business_days(calendar: Calendar, at: int, amount: int, rule: CountingRule) -> int:
    timeline = calendar.timeline
    day = timeline.day_of(at)
    if day is None:
        raise Beyond
    counted = business_days(calendar, rule)
    over = counted.rank[day] if rule.counts_first_day else counted.rank[day - 1] if day else 0
    if amount > over:
        raise Beyond
    reached = timeline.first + counted.days[over - amount]
    return end_of_day(calendar, reached, rule.business_until)


def _calendar_days(calendar: Calendar, at: int, span: Span, rule: CountingRule) -> int:
    day = local_day(calendar, at)
    if span.unit in MONTHS:
        reached, _ = add_months(day, -span.amount * MONTHS[span.unit])
    else:
        reached = day - span.amount * DAYS[span.unit] + rule.counts_first_day
    last = last_day_before(calendar, rule, reached)
    if rule.calendar_until is Until.SAME_TIME:
        return same_time(calendar, at, day, last)
    return end_of_day(calendar, last, rule.calendar_until)
