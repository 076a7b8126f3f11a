"""A calendar unrolled: every day and opening of its horizon as sorted numbers with running sums.

All instants are microseconds since 1970 in UTC; days are numbered from the first day of the
horizon. Questions become bisections, so that a long span costs no more than a short one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from ventanilla.core.businesstime.days import KIND_FLAGS, Kinds, SpecialDay
from ventanilla.core.businesstime.openings import Opening, together
from ventanilla.core.businesstime.zones import (
    DAY,
    EPOCH_ORDINAL,
    MINUTE,
    SECOND,
    first_moment,
    last_moment,
)

Hours = tuple[Opening, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessDays:
    """Which days count: ``rank[d]`` of them up to and including day ``d``; ``days`` lists them."""

    rank: Sequence[int]
    days: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The unrolled calendar; built once, read only."""

    zone: ZoneInfo
    first: int
    """Ordinal of the first day."""
    midnights: Sequence[int]
    """When each day begins, and when the last one ends."""
    kinds: Sequence[int]
    """What is special about each day, as the numbers of ``Kinds``."""
    opens: Sequence[int]
    closes: Sequence[int]
    worked: Sequence[int]
    """Open time up to the end of each opening."""
    openings_before: Sequence[int]
    """How many openings there are before each day, and in all."""
    business: dict[tuple[frozenset[int] | None, Kinds], BusinessDays] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def length(self) -> int:
        return len(self.kinds)

    def day_of(self, at: int) -> int | None:
        """The day of an instant, or nothing outside the horizon."""
        midnights = self.midnights
        return bisect_right(midnights, at) - 1 if midnights[0] <= at < midnights[-1] else None

    def worked_until(self, at: int) -> int:
        """Open time from the beginning of the horizon until the instant."""
        opening = bisect_right(self.opens, at) - 1
        if opening < 0:
            return 0
        missing = self.closes[opening] - at
        return self.worked[opening] - missing if missing > 0 else self.worked[opening]

    def when_worked(self, amount: int) -> int | None:
        """The first instant by which so much open time has passed, or nothing past the horizon."""
        opening = bisect_left(self.worked, amount)
        if opening == len(self.worked):
            return None
        return self.closes[opening] - (self.worked[opening] - amount)

    def when_worked_from(self, at: int, amount: int) -> int | None:
        """``when_worked`` of so much more open time than at the instant, in one go."""
        worked, closes = self.worked, self.closes
        opening = bisect_right(self.opens, at) - 1
        if opening >= 0:
            missing = closes[opening] - at
            amount += worked[opening] - missing if missing > 0 else worked[opening]
        opening = bisect_left(worked, amount)
        if opening == len(worked):
            return None
        return closes[opening] - worked[opening] + amount

    def when_last_worked(self, amount: int) -> int | None:
        """The last instant until which no more than so much open time has passed."""
        opening = bisect_right(self.worked, amount)
        if opening == len(self.worked):
            return None
        return self.closes[opening] - (self.worked[opening] - amount)

    def openings_of(self, day: int) -> range:
        """The numbers of the openings of one day."""
        return range(self.openings_before[day], self.openings_before[day + 1])

    def closing(self, day: int) -> int:
        """When the day's last opening ends, or its last whole second: always still that day."""
        last_second = self.midnights[day + 1] - SECOND
        before = self.openings_before
        opening = before[day + 1]
        if opening == before[day]:
            return last_second
        closing = self.closes[opening - 1]
        return closing if closing < last_second else last_second  # noqa: FURB136 (a call costs more)

    def business_days(self, weekdays: frozenset[int] | None, excluded: Kinds) -> BusinessDays:
        """The days that count: on these weekdays (none given: when open), save excluded kinds."""
        key = (weekdays, excluded)
        known = self.business.get(key)
        if known is None:
            known = self.business[key] = self._count_days(weekdays, excluded)
        return known

    def _count_days(self, weekdays: frozenset[int] | None, excluded: Kinds) -> BusinessDays:
        if weekdays is None:
            before = self.openings_before
            open_days = [before[day] < before[day + 1] for day in range(self.length)]
        else:
            week = [(self.first + day + 6) % 7 in weekdays for day in range(7)]
            open_days = (week * (self.length // 7 + 1))[: self.length]
        left_out = excluded.value
        counts = [
            1 if is_open and not kinds & left_out else 0
            for is_open, kinds in zip(open_days, self.kinds, strict=True)
        ]
        return BusinessDays(
            rank=list(accumulate(counts)),
            days=[day for day, counted in enumerate(counts) if counted],
        )


def unroll(
    *,
    zone: ZoneInfo,
    hours: Sequence[Hours],
    special: Sequence[SpecialDay],
    first: date,
    last: date,
) -> Timeline:
    """Unroll the weekly hours and special days from ``first`` to ``last``, both included."""
    begin = first.toordinal()
    length = last.toordinal() - begin + 1
    kinds, changed = _special_hours(special, hours, begin, length)
    midnights = _midnights(zone, begin, length)
    weekly = [[(o.begins * MINUTE, o.ends * MINUTE) for o in day] for day in hours]
    opens: list[int] = []
    closes: list[int] = []
    before: list[int] = [0]
    for day in range(length):
        midnight = midnights[day]
        if midnights[day + 1] - midnight != DAY:
            today = changed.get(day, hours[(begin + day + 6) % 7])
            pairs = _resolve(zone, begin + day, midnight, today)
        elif day in changed:
            pairs = [(o.begins * MINUTE, o.ends * MINUTE) for o in changed[day]]
        else:
            pairs = weekly[(begin + day + 6) % 7]
        for opened, closed in pairs:
            opens.append(midnight + opened)
            closes.append(midnight + closed)
        before.append(len(opens))
    return Timeline(
        zone=zone,
        first=begin,
        midnights=midnights,
        kinds=kinds,
        opens=opens,
        closes=closes,
        worked=list(accumulate(end - start for start, end in zip(opens, closes, strict=True))),
        openings_before=before,
    )


def _special_hours(
    special: Sequence[SpecialDay], hours: Sequence[Hours], begin: int, length: int
) -> tuple[list[int], dict[int, Hours]]:
    kinds = [0] * length
    gathered: dict[int, list[SpecialDay]] = {}
    for one in special:
        day = one.day.toordinal() - begin
        if 0 <= day < length:
            gathered.setdefault(day, []).append(one)
            kinds[day] |= KIND_FLAGS[one.kind].value
    changed = {
        day: _hours_of(kinds[day], ones, hours[(begin + day + 6) % 7])
        for day, ones in gathered.items()
    }
    return kinds, changed


def _hours_of(kinds: int, ones: Sequence[SpecialDay], usual: Hours) -> Hours:
    if kinds & Kinds.CLOSURE:
        return ()
    extra = together([], [o for one in ones if one.kind == "extra" for o in one.openings])
    if kinds & Kinds.HOLIDAY:
        return extra
    if kinds & Kinds.HALF_DAY:
        usual = together([], [o for one in ones if one.kind == "half day" for o in one.openings])
    return together(usual, extra) if extra else usual


def _midnights(zone: ZoneInfo, begin: int, length: int) -> list[int]:
    """When each day begins, the end of the last included; whole runs between clock changes."""
    starts: list[int] = []
    day = 0
    while day <= length:
        run = min(28, length + 1 - day)
        start, end = _midnight(zone, begin + day), _midnight(zone, begin + day + run)
        if end - start == run * DAY:
            starts.extend(range(start, end, DAY))
        else:
            starts.extend(_midnight(zone, begin + day + n) for n in range(run))
        day += run
    return starts


def _midnight(zone: ZoneInfo, ordinal: int) -> int:
    wall = datetime.fromordinal(ordinal)
    local = wall.replace(tzinfo=zone)
    offset = local.utcoffset()
    if offset is not None and offset == wall.replace(tzinfo=zone, fold=1).utcoffset():
        return (ordinal - EPOCH_ORDINAL) * DAY - offset // _MICROSECOND
    return first_moment(zone, wall)


def _resolve(zone: ZoneInfo, ordinal: int, midnight: int, openings: Hours) -> list[tuple[int, int]]:
    """The openings of a day on which the clock jumps, as distances from its beginning."""
    walls = [(_wall(ordinal, opening.begins), _wall(ordinal, opening.ends)) for opening in openings]
    moments = [(first_moment(zone, begins), last_moment(zone, ends)) for begins, ends in walls]
    return [(begins - midnight, ends - midnight) for begins, ends in moments if begins < ends]


def _wall(ordinal: int, minutes: int) -> datetime:
    return datetime.fromordinal(ordinal) + timedelta(minutes=minutes)


_MICROSECOND = timedelta(microseconds=1)
