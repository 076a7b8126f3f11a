"""A slow and obvious second opinion: it walks the minutes, one after another.

It shares no arithmetic with the library. Every minute of a small horizon is asked what the local
clock shows, whether the office is open then, and whether its day counts.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ventanilla.core.businesstime import (
    Calendar,
    CountingRule,
    DayKind,
    Kinds,
    Pause,
    Roll,
    Span,
    Unit,
    Until,
)

MINUTE = timedelta(minutes=1)

Stops = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """Every minute of a horizon: its number is its distance from ``begins``."""

    calendar: Calendar
    begins: datetime
    days: Sequence[date]
    is_open: bytearray
    day_of: Sequence[int]
    ends_day: Sequence[int]
    """For each day, its last minute."""
    shown: Sequence[time]
    """What the local clock shows."""
    closings: Sequence[int | None]
    """For each day, the minute after its last open one."""

    def instant(self, minute: int) -> datetime:
        return self.begins + minute * MINUTE

    def minute(self, instant: datetime) -> int:
        return (instant - self.begins) // MINUTE


def walk_calendar(calendar: Calendar) -> Minutes:
    """Ask every minute of the calendar's horizon what it is."""
    zone = ZoneInfo(calendar.zone)
    at = datetime.combine(calendar.first, datetime.min.time(), UTC) - timedelta(days=1)
    while at.astimezone(zone).date() < calendar.first:
        at += MINUTE
    begins, days, is_open = at, list[date](), bytearray()
    day_of, ends_day, closings = list[int](), list[int](), list[int | None]()
    hours: list[tuple[int, int]] = []
    shown: list[time] = []
    while (local := at.astimezone(zone)).date() <= calendar.last:
        if not days or days[-1] != local.date():
            days.append(local.date())
            ends_day.append(0)
            closings.append(None)
            hours = _hours(calendar, local.date())
        shown.append(local.time())
        clock = local.hour * 60 + local.minute
        is_open.append(any(begin <= clock < end for begin, end in hours))
        day_of.append(len(days) - 1)
        ends_day[-1] = len(day_of) - 1
        if is_open[-1]:
            closings[-1] = len(day_of)
        at += MINUTE
    return Minutes(
        calendar=calendar,
        begins=begins,
        days=days,
        is_open=is_open,
        day_of=day_of,
        ends_day=ends_day,
        shown=shown,
        closings=closings,
    )


def _hours(calendar: Calendar, day: date) -> list[tuple[int, int]]:
    kinds = {one.kind for one in calendar.special if one.day == day}
    usual = [(o.begins, o.ends) for o in calendar.hours[day.weekday()]]
    if DayKind.CLOSURE in kinds:
        return []
    if DayKind.HOLIDAY in kinds:
        usual = []
    elif DayKind.HALF_DAY in kinds:
        usual = _openings(day, DayKind.HALF_DAY, calendar)
    return usual + _openings(day, DayKind.EXTRA, calendar)


def _openings(day: date, kind: DayKind, calendar: Calendar) -> list[tuple[int, int]]:
    return [
        (opening.begins, opening.ends)
        for one in calendar.special
        if one.day == day and one.kind is kind
        for opening in one.openings
    ]


def walk(
    minutes: Minutes, start: int, span: Span, rule: CountingRule, pauses: Sequence[Pause] = ()
) -> datetime | None:
    """When the span is over; nothing if the walk leaves the horizon."""
    stops = [
        (minutes.minute(p.begins), 10**9 if p.ends is None else minutes.minute(p.ends))
        for p in pauses
    ]
    if span.unit in (Unit.MINUTE, Unit.HOUR, Unit.BUSINESS_MINUTE, Unit.BUSINESS_HOUR):
        found = _walk_time(minutes, start, span, stops)
    else:
        found = _walk_days(minutes, start, span, rule, stops)
    return None if found is None else minutes.begins + timedelta(seconds=found)


def _walk_time(minutes: Minutes, start: int, span: Span, stops: Stops) -> int | None:
    left = span.amount * (60 if span.unit in (Unit.HOUR, Unit.BUSINESS_HOUR) else 1)
    business = span.unit in (Unit.BUSINESS_HOUR, Unit.BUSINESS_MINUTE)
    counts = minutes.is_open if business else bytearray(b"\1") * len(minutes.is_open)
    stands = bytearray(len(counts))
    for begin, end in stops:
        stands[begin:end] = b"\1" * (min(end, len(stands)) - min(begin, len(stands)))
    if left == 0:
        return start * 60
    for minute in range(start, len(counts)):
        if counts[minute] and not stands[minute]:
            left -= 1
            if left == 0:
                return (minute + 1) * 60
    return None


def _walk_days(
    minutes: Minutes, start: int, span: Span, rule: CountingRule, stops: Stops
) -> int | None:
    filed = _filed(minutes, start, rule)
    if filed is None:
        return None
    day = minutes.day_of[filed]
    business = span.unit is Unit.BUSINESS_DAY
    left = span.amount * (7 if span.unit is Unit.WEEK else 1)
    if left == 0:
        while business and rule.zero_rolls and not _is_business(minutes, day, rule):
            day += 1
            if day == len(minutes.days):
                return None
    else:
        day -= rule.counts_first_day
        while left:
            day += 1
            if day >= len(minutes.days):
                return None
            counts = not business or _is_business(minutes, day, rule)
            if counts and not _stands(minutes.ends_day[day], stops):
                left -= 1
    last = _may_end(minutes, day, rule, business=business)
    if last is None:
        return None
    until = rule.business_until if business else rule.calendar_until
    ends = _end(minutes, filed, last, until)
    moved = False
    for begin, end in sorted(stops):
        begins = max(begin, filed) * 60
        if begins < ends < end * 60 or (moved and begins == ends):
            ends, moved = end * 60, True
    if ends >= 10**9:
        return None
    return max(ends, filed * 60)


def _filed(minutes: Minutes, start: int, rule: CountingRule) -> int | None:
    day = minutes.day_of[start]
    closing = minutes.closings[day]
    late = closing is not None and start > closing
    if not rule.late_filing_next_day or (_is_business(minutes, day, rule) and not late):
        return start
    day += 1
    while day < len(minutes.days) and not _is_business(minutes, day, rule):
        day += 1
    if day == len(minutes.days):
        return None
    minute = minutes.ends_day[day - 1] + 1
    for later in range(minute, minutes.ends_day[day] + 1):
        if minutes.is_open[later]:
            return later
    return minute


def _may_end(minutes: Minutes, day: int, rule: CountingRule, *, business: bool) -> int | None:
    must_roll = rule.half_day_rolls or (not business and rule.roll is Roll.FORWARD)
    while must_roll:
        if day == len(minutes.days):
            return None
        half = rule.half_day_rolls and DayKind.HALF_DAY in _kinds(minutes, day)
        if _is_business(minutes, day, rule) and not half:
            break
        day += 1
    return day


def _end(minutes: Minutes, start: int, day: int, until: Until) -> int:
    last = minutes.ends_day[day]
    if until is Until.SAME_TIME:
        return _same_time(minutes, start, day)
    closing = minutes.closings[day] if until is Until.CLOSING else None
    end_of_day = (last + 1) * 60 - 1
    return end_of_day if closing is None else min(closing * 60, end_of_day)


def _same_time(minutes: Minutes, start: int, day: int) -> int:
    if minutes.day_of[start] == day:
        return start * 60
    wanted = minutes.instant(start).astimezone(ZoneInfo(minutes.calendar.zone)).time()
    first = minutes.ends_day[day - 1] + 1 if day else 0
    shown = minutes.shown[first : minutes.ends_day[day] + 1]
    if wanted in shown:
        return (first + len(shown) - 1 - shown[::-1].index(wanted)) * 60
    return (first + bisect_left(shown, wanted)) * 60


def _is_business(minutes: Minutes, day: int, rule: CountingRule) -> bool:
    flags = {DayKind.HOLIDAY: Kinds.HOLIDAY, DayKind.CLOSURE: Kinds.CLOSURE}
    if any(flags.get(kind, Kinds.NONE) & rule.excluded for kind in _kinds(minutes, day)):
        return False
    if rule.weekdays is None:
        return minutes.closings[day] is not None
    return minutes.days[day].weekday() in rule.weekdays


def _kinds(minutes: Minutes, day: int) -> set[DayKind]:
    return {one.kind for one in minutes.calendar.special if one.day == minutes.days[day]}


def _stands(minute: int, stops: Stops) -> bool:
    return any(begin <= minute < end for begin, end in stops)
