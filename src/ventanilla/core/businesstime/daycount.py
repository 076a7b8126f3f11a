"""The parts of counting by days: where a count begins, which day it ends on, until which hour."""

import calendar as months
from datetime import date, datetime, timedelta

from ventanilla.core.businesstime.calendars import Calendar
from ventanilla.core.businesstime.days import Kinds
from ventanilla.core.businesstime.horizon import Beyond
from ventanilla.core.businesstime.rules import CountingRule, Roll, Until
from ventanilla.core.businesstime.timeline import BusinessDays, Timeline
from ventanilla.core.businesstime.zones import DAY, SECOND, first_moment, instant, last_moment

LAST_ORDINAL = date.max.toordinal()
_HALF_DAY = Kinds.HALF_DAY.value


def business_days(calendar: Calendar, rule: CountingRule) -> BusinessDays:
    """The days of the calendar that count by the rule."""
    return calendar.timeline.business_days(rule.weekdays, rule.excluded)


def known_day(timeline: Timeline, ordinal: int) -> int:
    """The number of a day within the horizon; Beyond outside it."""
    day = ordinal - timeline.first
    if not 0 <= day < timeline.length:
        raise Beyond
    return day


def local_day(calendar: Calendar, at: int) -> int:
    """The ordinal of the local day of an instant, inside the horizon or not."""
    day = calendar.timeline.day_of(at)
    if day is not None:
        return calendar.timeline.first + day
    return instant(at).astimezone(calendar.timeline.zone).toordinal()


def is_business_day(calendar: Calendar, rule: CountingRule, day: int) -> bool:
    """Whether the rule counts the day."""
    rank = business_days(calendar, rule).rank
    return rank[day] > (rank[day - 1] if day else 0)


def next_business_day(calendar: Calendar, rule: CountingRule, day: int) -> int:
    """The day itself or the first business day after it."""
    counted = business_days(calendar, rule)
    before = counted.rank[day - 1] if day else 0
    if before == len(counted.days):
        raise Beyond
    return counted.days[before]


def rank_before(calendar: Calendar, rule: CountingRule, at: int) -> int:
    """How many business days are wholly over when a day begins."""
    counted = business_days(calendar, rule)
    day = local_day(calendar, at) - calendar.timeline.first
    if day <= 0:
        return 0
    return counted.rank[min(day, len(counted.rank)) - 1]


def filed_at(calendar: Calendar, rule: CountingRule, at: int) -> int:
    """When a start counts as filed that comes late: when the next business day opens."""
    timeline = calendar.timeline
    day = known_day(timeline, local_day(calendar, at))
    if is_business_day(calendar, rule, day) and at <= timeline.closing(day):
        return at
    if day + 1 == timeline.length:
        raise Beyond
    filed = next_business_day(calendar, rule, day + 1)
    openings = timeline.openings_of(filed)
    return timeline.opens[openings[0]] if openings else timeline.midnights[filed]


def last_day(calendar: Calendar, rule: CountingRule, ordinal: int) -> int:
    """The first day from this one on, on which a term may end that has to end on a business day."""
    timeline = calendar.timeline
    day = next_business_day(calendar, rule, known_day(timeline, ordinal))
    while rule.half_day_rolls and timeline.kinds[day] & _HALF_DAY:
        if day + 1 == timeline.length:
            raise Beyond
        day = next_business_day(calendar, rule, day + 1)
    return timeline.first + day


def last_day_before(calendar: Calendar, rule: CountingRule, ordinal: int) -> int:
    """The day by which something must be done that is counted backwards to a day."""
    if rule.roll is Roll.STAY:
        return ordinal
    counted = business_days(calendar, rule)
    rank = counted.rank[known_day(calendar.timeline, ordinal)]
    if rank == 0:
        raise Beyond
    return calendar.timeline.first + counted.days[rank - 1]


def zero_days(calendar: Calendar, rule: CountingRule, day: int) -> int:
    """The day on which zero business days end."""
    return next_business_day(calendar, rule, day) if rule.zero_rolls else day


def end_of_day(calendar: Calendar, ordinal: int, until: Until) -> int:
    """The end of a day, still on that day: its last closing or its last whole second."""
    timeline = calendar.timeline
    if until is Until.CLOSING:
        return timeline.closing(known_day(timeline, ordinal))
    return day_begins(calendar, ordinal + 1) - SECOND


def day_begins(calendar: Calendar, ordinal: int) -> int:
    """The first instant of a local day, inside the horizon or not."""
    timeline = calendar.timeline
    day = ordinal - timeline.first
    if 0 <= day <= timeline.length:
        return timeline.midnights[day]
    if not 1 <= ordinal <= LAST_ORDINAL:
        raise Beyond
    return first_moment(timeline.zone, datetime.fromordinal(ordinal))


def same_time(calendar: Calendar, at: int, from_ordinal: int, ordinal: int) -> int:
    """The instant of another day at which the clock reads the same (for the last time)."""
    if ordinal == from_ordinal:
        return at
    if not 1 <= ordinal <= LAST_ORDINAL:
        raise Beyond
    timeline = calendar.timeline
    one, other = from_ordinal - timeline.first, ordinal - timeline.first
    if 0 <= one < timeline.length and 0 <= other < timeline.length:
        begins, target = timeline.midnights[one], timeline.midnights[other]
        if timeline.midnights[one + 1] - begins == timeline.midnights[other + 1] - target == DAY:
            return target + at - begins
    local = instant(at).astimezone(timeline.zone)
    return last_moment(
        timeline.zone, local.replace(tzinfo=None) + timedelta(days=ordinal - from_ordinal)
    )


def add_months(ordinal: int, count: int) -> tuple[int, bool]:
    """The same day so many months on (or back), or the last of a shorter month and ``True``."""
    day = date.fromordinal(ordinal)
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    if not date.min.year <= year <= date.max.year:
        raise Beyond
    length = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length)).toordinal(), day.day > length
