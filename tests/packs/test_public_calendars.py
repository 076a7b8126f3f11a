"""The public calendars of Peru, Chile and Bolivia."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ventanilla.core.businesstime import (
    DayKind,
    Scope,
    SpecialDay,
    is_open,
    parse_hours,
)
from ventanilla.packs.public_calendars import (
    FIRST,
    LAST,
    PUBLIC_CALENDARS,
    UnknownCalendar,
    public_calendar,
    public_holidays,
)


def holiday_days(code: str) -> set[date]:
    return {one.day for one in public_holidays(code)}


@pytest.mark.parametrize("code", PUBLIC_CALENDARS)
def test_every_public_calendar_spans_the_promised_years(code: str) -> None:
    calendar = public_calendar(code)

    assert (
        (calendar.first, calendar.last)
        == (FIRST, LAST)
        == (
            date(2019, 1, 1),
            date(2030, 12, 31),
        )
    )
    assert {one.day.year for one in calendar.special} == set(range(2019, 2031))
    assert all(one.source and one.name for one in calendar.special)


@pytest.mark.parametrize(
    ("region", "day"),
    [
        ("CL-AP", date(2027, 6, 7)),
        ("BO-C", date(2026, 9, 14)),
        ("BO-L", date(2026, 7, 16)),
        ("BO-O", date(2026, 2, 13)),
    ],
)
def test_a_regional_holiday_is_one_only_there(region: str, day: date) -> None:
    (own,) = [one for one in public_holidays(region) if one.day == day]

    assert own.scope is Scope.REGION
    assert day not in holiday_days(region[:2])
    assert holiday_days(region[:2]) < holiday_days(region)


def test_only_departments_whose_day_is_a_sunday_have_its_monday() -> None:
    assert date(2025, 9, 15) in holiday_days("BO-C")
    assert date(2026, 9, 15) not in holiday_days("BO-C")
    assert date(2025, 2, 10) in holiday_days("BO-N")
    assert date(2019, 8, 19) not in holiday_days("BO")


def test_names_are_spanish_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    public_holidays.cache_clear()

    names = {one.name for one in public_holidays("PE")}

    assert "Combate de Angamos" in names


def test_offices_add_what_only_they_know() -> None:
    town = SpecialDay(
        day=date(2026, 8, 20),
        kind=DayKind.HOLIDAY,
        name="Natalicio",
        scope=Scope.TOWN,
        source="Ley 20.678",
    )
    calendar = public_calendar("CL-NB", hours={3: parse_hours("10:00-12:00")}, special=[town])

    at_eleven = datetime(2026, 8, 20, 11, tzinfo=ZoneInfo("America/Santiago"))
    assert is_open(calendar, at_eleven) is False
    assert is_open(calendar, at_eleven + timedelta(days=7)) is True
    assert date(2026, 8, 20) not in holiday_days("CL-NB")


def test_an_unknown_calendar_names_the_nearest() -> None:
    with pytest.raises(UnknownCalendar) as refused:
        public_calendar("bo-cc")

    assert refused.value.nearest == "BO-C"
