"""Random calendars, spans, rules and pauses for the walker and the library to disagree about."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from tests.core.businesstime.oracle import Minutes, walk, walk_calendar
from ventanilla.core.businesstime import (
    PLAIN,
    RULES,
    BeyondHorizon,
    Calendar,
    CountingRule,
    DayKind,
    Pause,
    PauseKind,
    Span,
    SpecialDay,
    Unit,
    due,
    parse_hours,
)

SPLIT = parse_hours("09:00-13:00,14:00-18:00")
ROUND_THE_CLOCK = parse_hours("00:00-24:00")

LARGEST = {
    Unit.MINUTE: 3_000,
    Unit.HOUR: 96,
    Unit.BUSINESS_MINUTE: 1_200,
    Unit.BUSINESS_HOUR: 30,
    Unit.BUSINESS_DAY: 12,
    Unit.DAY: 20,
    Unit.WEEK: 3,
}


def _special(day: date, kind: DayKind, hours: str = "") -> SpecialDay:
    openings = parse_hours(hours) if hours else ()
    return SpecialDay(day=day, kind=kind, name=str(kind), openings=openings)


@cache
def walked_calendars() -> tuple[Minutes, ...]:
    """Small calendars that hold every oddity: clock changes, lunch, half days, extra openings."""
    lunch = dict.fromkeys(range(5), SPLIT)
    calendars = (
        Calendar.build(
            name="santiago in spring",
            zone="America/Santiago",
            hours=lunch,
            first=date(2026, 8, 25),
            last=date(2026, 10, 5),
            special=[
                _special(date(2026, 9, 18), DayKind.HOLIDAY),
                _special(date(2026, 9, 19), DayKind.HOLIDAY),
                _special(date(2026, 9, 17), DayKind.HALF_DAY, "09:00-13:00"),
                _special(date(2026, 9, 12), DayKind.EXTRA, "10:00-12:30"),
                _special(date(2026, 9, 23), DayKind.CLOSURE),
            ],
        ),
        Calendar.build(
            name="santiago in autumn, round the clock",
            zone="America/Santiago",
            hours=dict.fromkeys(range(7), ROUND_THE_CLOCK),
            first=date(2026, 3, 25),
            last=date(2026, 4, 20),
            special=[_special(date(2026, 4, 3), DayKind.HOLIDAY)],
        ),
        Calendar.build(
            name="lima",
            zone="America/Lima",
            hours={**lunch, 5: parse_hours("09:00-13:00")},
            first=date(2026, 7, 10),
            last=date(2026, 8, 20),
            special=[
                _special(date(2026, 7, 23), DayKind.HOLIDAY),
                _special(date(2026, 7, 28), DayKind.HOLIDAY),
                _special(date(2026, 7, 29), DayKind.HOLIDAY),
                _special(date(2026, 7, 29), DayKind.EXTRA, "09:00-11:00"),
                _special(date(2026, 7, 27), DayKind.HALF_DAY, "09:00-12:00"),
                _special(date(2026, 8, 6), DayKind.CLOSURE),
                _special(date(2026, 8, 6), DayKind.EXTRA, "09:00-10:00"),
                _special(date(2026, 8, 7), DayKind.EXTRA, "17:00-20:00"),
            ],
        ),
        Calendar.build(
            name="la paz, weekends only",
            zone="America/La_Paz",
            hours={5: SPLIT, 6: parse_hours("08:30-12:15")},
            first=date(2026, 2, 1),
            last=date(2026, 3, 15),
            special=[_special(date(2026, 2, 14), DayKind.HOLIDAY)],
        ),
    )
    return tuple(walk_calendar(calendar) for calendar in calendars)


def random_cases(
    seed: int, count: int
) -> Iterator[tuple[Minutes, int, Span, CountingRule, Sequence[Pause]]]:
    """So many cases: minutes, the start's number, span, rule and pauses."""
    random = Random(seed)
    rules = tuple(RULES.values())
    for _ in range(count):
        minutes = random.choice(walked_calendars())
        unit = random.choice(tuple(LARGEST))
        span = Span(amount=random.randrange(LARGEST[unit] + 1), unit=unit)
        start = random.randrange(len(minutes.is_open) * 2 // 3)
        rule = random.choice(rules) if unit in _DAY_UNITS else PLAIN
        yield minutes, start, span, rule, _pauses(random, minutes, start)


def disagreement(
    minutes: Minutes, start: int, span: Span, rule: CountingRule, pauses: Sequence[Pause]
) -> str:
    """What the walker and the library say differently, or nothing."""
    begins = minutes.instant(start)
    answer = due(minutes.calendar, begins, span, rule, pauses=pauses)
    expected = walk(minutes, start, span, rule, pauses)
    known = None if isinstance(answer, BeyondHorizon) else answer
    if expected is None and known is not None:
        expected = known if _may_be_past_horizon(minutes, known) else None
    if known == expected:
        return ""
    return (
        f"{minutes.calendar.name}: {begins} + {span} by {rule.name} {pauses}: {expected} != {known}"
    )


def _may_be_past_horizon(minutes: Minutes, known: datetime) -> bool:
    """Clock time and plain days are known also where the calendar says nothing."""
    return known >= minutes.instant(len(minutes.is_open)) - timedelta(days=1)


def _pauses(random: Random, minutes: Minutes, start: int) -> Sequence[Pause]:
    found = []
    while random.random() < 0.3:
        begins = max(0, start + random.randrange(-600, 6_000))
        ends = begins + random.randrange(1, 4_000)
        found.append(
            Pause(
                kind=random.choice(tuple(PauseKind)),
                begins=minutes.instant(begins),
                ends=minutes.instant(ends),
            )
        )
    return tuple(found)


_DAY_UNITS = (Unit.BUSINESS_DAY, Unit.DAY, Unit.WEEK)
