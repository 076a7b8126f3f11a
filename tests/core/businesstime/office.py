"""An office in Lima with a lunch break, and short words for its tests."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ventanilla.core.businesstime import (
    PLAIN,
    RULES,
    Calendar,
    CountingRule,
    DayKind,
    Pause,
    PauseKind,
    SpecialDay,
    due,
    local_time,
    parse_hours,
    parse_span,
)

LIMA = ZoneInfo("America/Lima")
SPLIT = parse_hours("09:00-13:00,14:00-18:00")
PE = RULES["pe_administrative"]

HALF_DAY = SpecialDay(
    day=date(2026, 12, 24),
    kind=DayKind.HALF_DAY,
    name="Media jornada",
    openings=parse_hours("09:00-12:00"),
    source="Acuerdo interno",
)
CHRISTMAS = SpecialDay(day=date(2026, 12, 25), kind=DayKind.HOLIDAY, name="Navidad")
DECREED = SpecialDay(
    day=date(2026, 12, 2),
    kind=DayKind.HOLIDAY,
    name="Día no laborable",
    source="Decreto inventado",
    known_since=date(2026, 11, 30),
)


def lima(*special: SpecialDay) -> Calendar:
    return Calendar.build(
        name="lima",
        zone="America/Lima",
        hours=dict.fromkeys(range(5), SPLIT),
        first=date(2026, 11, 2),
        last=date(2027, 1, 29),
        special=(CHRISTMAS, *special),
    )


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LIMA)


def ends(calendar: Calendar, start: datetime, words: str, rule: CountingRule = PLAIN) -> datetime:
    answer = due(calendar, start, parse_span(words), rule)
    assert isinstance(answer, datetime)
    return local_time(calendar, answer)


def pause(begins: datetime, until: datetime | None) -> Pause:
    return Pause(kind=PauseKind.WAITING, begins=begins, ends=until, reason="falta el RUC")
