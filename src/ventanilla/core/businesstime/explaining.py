"""The count of a deadline, written out line by line from the same calendar, rule and pauses."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from ventanilla.core.businesstime.calendars import Calendar
from ventanilla.core.businesstime.counting import MONTHS, OPEN_TIME, Count, settle
from ventanilla.core.businesstime.daycount import (
    add_months,
    day_begins,
    is_business_day,
    local_day,
)
from ventanilla.core.businesstime.days import DayKind, SpecialDay
from ventanilla.core.businesstime.explanation import Explanation, Line, Reason
from ventanilla.core.businesstime.horizon import Beyond, BeyondHorizon
from ventanilla.core.businesstime.pauses import FOREVER, Pause
from ventanilla.core.businesstime.rules import CountingRule
from ventanilla.core.businesstime.spans import Span, Unit
from ventanilla.core.businesstime.zones import instant, micros


def explain(
    calendar: Calendar,
    start: datetime,
    span: Span,
    rule: CountingRule | None = None,
    pauses: Sequence[Pause] = (),
) -> Explanation | BeyondHorizon:
    """How ``due`` came to its answer, line by line; the same unknown where it has none."""
    rule = rule or calendar.rule
    try:
        count = settle(calendar, start, span, rule, pauses)
        lines = tuple(_Account(calendar, span, rule, pauses, micros(start), count).lines())
        due = instant(count.ends)
    except Beyond as beyond:
        return BeyondHorizon(first=calendar.first, last=calendar.last, because=beyond.because)
    except OverflowError:
        return BeyondHorizon(first=calendar.first, last=calendar.last)
    return Explanation(
        calendar=calendar.name,
        version=calendar.version,
        zone=calendar.zone,
        start=instant(micros(start)),
        span=span,
        rule=rule,
        due=due,
        lines=lines,
    )


class _Account:
    """One count, walked from its start to its end."""

    def __init__(
        self,
        calendar: Calendar,
        span: Span,
        rule: CountingRule,
        pauses: Sequence[Pause],
        start: int,
        count: Count,
    ) -> None:
        self.calendar = calendar
        self.span = span
        self.rule = rule
        self.start = start
        self.count = count
        self.standing = [
            (micros(p.begins), FOREVER if p.ends is None else micros(p.ends), p) for p in pauses
        ]
        self.special: dict[int, SpecialDay] = {}
        for one in sorted(calendar.special, key=lambda one: _PRECEDENCE.index(one.kind)):
            self.special.setdefault(one.day.toordinal(), one)

    def lines(self) -> Iterator[Line]:
        unit = self.span.unit
        if unit in OPEN_TIME:
            return self._open_lines()
        if unit in MONTHS:
            return self._month_lines()
        if unit in _DAY_UNITS:
            return self._day_lines()
        return self._clock_lines()

    # --- minutes and hours

    def _clock_lines(self) -> Iterator[Line]:
        for day, begins, ends in self._days(self.start, self.count.ends):
            yield from self._pieces(day, begins, ends)

    def _open_lines(self) -> Iterator[Line]:
        timeline = self.calendar.timeline
        for ordinal, begins, ends in self._days(self.start, self.count.ends):
            openings = timeline.openings_of(ordinal - timeline.first)
            if not openings:
                yield self._line(ordinal, begins, ends, *self._closed(ordinal))
            for opening in openings:
                opened = max(begins, timeline.opens[opening])
                closed = min(ends, timeline.closes[opening])
                if opened < closed:
                    yield from self._pieces(ordinal, opened, closed)

    def _days(self, begins: int, ends: int) -> Iterator[tuple[int, int, int]]:
        """The local days between two instants, each with the part of it that lies between."""
        ordinal = local_day(self.calendar, begins)
        while begins < ends:
            midnight = day_begins(self.calendar, ordinal + 1)
            yield ordinal, begins, min(ends, midnight)
            ordinal, begins = ordinal + 1, midnight

    def _pieces(self, ordinal: int, begins: int, ends: int) -> Iterator[Line]:
        cuts = {begins, ends}
        for start, end, _ in self.standing:
            cuts |= {cut for cut in (start, end) if begins < cut < ends}
        edges = sorted(cuts)
        for one, other in pairwise(edges):
            pause = next((p for start, end, p in self.standing if start <= one < end), None)
            if pause is None:
                yield self._line(ordinal, one, other, Reason.COUNTED, amount=other - one)
            else:
                yield self._line(ordinal, one, other, *_stood(pause))

    # --- days

    def _day_lines(self) -> Iterator[Line]:
        for ordinal in range(local_day(self.calendar, self.start), self.count.last + 1):
            begins, ends = self._edges(ordinal)
            reason, name, source = self._judge(ordinal)
            amount = int(reason is Reason.COUNTED)
            yield self._line(ordinal, begins, ends, reason, name, source, amount=amount)
        yield from self._tail()

    def _judge(self, ordinal: int) -> tuple[Reason, str, str]:
        """Why a day counts, or does not."""
        count, rule = self.count, self.rule
        business = self.span.unit is Unit.BUSINESS_DAY
        if ordinal < count.first:
            return Reason.FILED_LATE, "", ""
        if ordinal > count.reached:
            return self._moved(ordinal)
        uncounted = self.span.amount == 0 or (ordinal == count.first and not rule.counts_first_day)
        closed = business and not self._is_business(ordinal)
        if uncounted and not (closed and self.span.amount == 0):
            return Reason.FIRST_DAY, "", ""
        pause = self._stands_at_end_of(ordinal)
        if pause is not None:
            return _stood(pause)
        return self._closed(ordinal) if closed else (Reason.COUNTED, "", "")

    def _moved(self, ordinal: int) -> tuple[Reason, str, str]:
        """Why the term does not end on a day after the amount was reached, or that it does."""
        if ordinal == self.count.last:
            return Reason.ENDS_HERE, "", ""
        if not self._is_business(ordinal):
            return self._closed(ordinal)
        special = self.special.get(ordinal)
        return Reason.HALF_DAY, special.name if special else "", special.source if special else ""

    def _stands_at_end_of(self, ordinal: int) -> Pause | None:
        for start, end, pause in self.standing:
            begins = local_day(self.calendar, start)
            if begins <= ordinal and (end == FOREVER or ordinal < local_day(self.calendar, end)):
                return pause
        return None

    # --- months

    def _month_lines(self) -> Iterator[Line]:
        first, months = self.count.first, self.span.amount * MONTHS[self.span.unit]
        begins = self.start
        for month in range(1, months + 1):
            ordinal, short = add_months(first, month)
            reason = Reason.MONTH_LACKS_DAY if short else Reason.COUNTED
            ends = min(day_begins(self.calendar, ordinal + 1), self.count.ends)
            yield self._line(ordinal, begins, ends, reason, amount=1)
            begins = ends
        reached, _ = add_months(first, months)
        for ordinal in range(reached + 1, self.count.last + 1):
            day_start, ends = self._edges(ordinal)
            pause = self._pause_used(ordinal, reached)
            told = _stood(pause) if pause else self._moved(ordinal)
            yield self._line(ordinal, day_start, ends, *told)
        yield from self._tail()

    def _pause_used(self, ordinal: int, reached: int) -> Pause | None:
        """The pause on whose account the term of months runs on through a day."""
        if ordinal > self.count.reached or not self.standing:
            return None
        before = [one for one in self.standing if local_day(self.calendar, one[0]) < ordinal]
        return max(before, key=lambda one: one[0])[2] if before else self.standing[0][2]

    # --- parts

    def _tail(self) -> Iterator[Line]:
        """The pauses at whose end the term falls due, where it would have within them."""
        at = min(day_begins(self.calendar, self.count.last + 1), self.count.ends)
        while at < self.count.ends:
            _, until, pause = max(
                (one for one in self.standing if one[0] <= at), key=lambda one: one[1]
            )
            yield self._line(local_day(self.calendar, at), at, until, *_stood(pause))
            at = until

    def _edges(self, ordinal: int) -> tuple[int, int]:
        begins = max(self.start, day_begins(self.calendar, ordinal))
        if ordinal == self.count.last:
            midnight = day_begins(self.calendar, ordinal + 1)
            return begins, min(self.count.ends, midnight)
        return begins, day_begins(self.calendar, ordinal + 1)

    def _is_business(self, ordinal: int) -> bool:
        day = ordinal - self.calendar.timeline.first
        return is_business_day(self.calendar, self.rule, day)

    def _closed(self, ordinal: int) -> tuple[Reason, str, str]:
        special = self.special.get(ordinal)
        if special is None or special.kind not in _CLOSED:
            return Reason.NOT_BUSINESS, "", ""
        return _CLOSED[special.kind], special.name, special.source

    def _line(
        self,
        ordinal: int,
        begins: int,
        ends: int,
        reason: Reason,
        name: str = "",
        source: str = "",
        *,
        amount: int = 0,
    ) -> Line:
        return Line(
            day=date.fromordinal(ordinal),
            begins=instant(begins),
            ends=instant(ends),
            counted=amount > 0,
            amount=amount,
            reason=reason,
            name=name,
            source=source,
        )


_PRECEDENCE = (DayKind.CLOSURE, DayKind.HOLIDAY, DayKind.HALF_DAY, DayKind.EXTRA)
_CLOSED = {DayKind.CLOSURE: Reason.CLOSURE, DayKind.HOLIDAY: Reason.HOLIDAY}
_DAY_UNITS = (Unit.DAY, Unit.WEEK, Unit.BUSINESS_DAY)


def _stood(pause: Pause) -> tuple[Reason, str, str]:
    return Reason(pause.kind.value), pause.reason, pause.source
