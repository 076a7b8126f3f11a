"""What a calendar is and what it answers about one instant."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.core.businesstime.office import CHRISTMAS, DECREED, SPLIT, at, lima
from ventanilla.core.businesstime import (
    RULES,
    Calendar,
    CalendarError,
    DayKind,
    SpecialDay,
    due,
    is_open,
    local_date,
    next_opening,
    open_time,
    parse_hours,
    parse_span,
)


class TestCalendars:
    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"last": date(2026, 1, 1)}, "horizon_backwards"),
            ({"zone": "Lima"}, "zone_unknown"),
            ({"hours": {7: SPLIT}}, "weekday_unknown"),
            (
                {"special": [SpecialDay(day=date(2026, 12, 1), kind=DayKind.HALF_DAY, name="x")]},
                "openings_missing",
            ),
            (
                {
                    "special": [
                        SpecialDay(
                            day=date(2026, 12, 1), kind=DayKind.CLOSURE, name="x", openings=SPLIT
                        )
                    ]
                },
                "openings_on_closed_day",
            ),
        ],
    )
    def test_it_refuses_parts_that_make_no_calendar(
        self, changed: dict[str, object], code: str
    ) -> None:
        parts: dict[str, object] = {
            "name": "lima",
            "zone": "America/Lima",
            "hours": {0: SPLIT},
            "first": date(2026, 11, 2),
            "last": date(2027, 1, 29),
        }

        with pytest.raises(CalendarError) as refused:
            Calendar.build(**{**parts, **changed})  # type: ignore[arg-type]

        assert refused.value.code == code

    def test_equal_parts_make_an_equal_calendar_with_the_same_version(self) -> None:
        assert lima() == lima()
        assert lima().version == lima(CHRISTMAS).version

    def test_a_holiday_makes_another_version(self) -> None:
        assert lima().with_special([DECREED]).version != lima().version
        assert lima(DECREED).without_special([DECREED]) == lima()

    def test_it_forgets_what_was_not_yet_known(self) -> None:
        calendar = lima(DECREED)

        assert calendar.as_known_on(date(2026, 11, 29)) == lima()
        assert calendar.as_known_on(date(2026, 11, 30)) == calendar

    def test_it_opens_in_the_morning_and_is_closed_at_the_closing_instant(self) -> None:
        calendar = lima()

        assert is_open(calendar, at(12, 1, 9)) is True
        assert is_open(calendar, at(12, 1, 13)) is False
        assert is_open(calendar, at(12, 5)) is False

    def test_the_next_opening_skips_lunch_nights_and_holidays(self) -> None:
        calendar = lima()

        assert next_opening(calendar, at(12, 1, 13)) == at(12, 1, 14)
        assert next_opening(calendar, at(12, 24, 18)) == at(12, 28, 9)
        assert next_opening(calendar, at(12, 1, 10)) == at(12, 1, 10)

    def test_the_local_date_is_that_of_the_calendar(self) -> None:
        assert local_date(lima(), datetime(2026, 12, 2, 3, tzinfo=UTC)) == date(2026, 12, 1)

    def test_extra_hours_add_to_a_day_but_replace_a_holiday(self) -> None:
        evening = parse_hours("18:00-20:00")
        extra = [
            SpecialDay(day=day, kind=DayKind.EXTRA, name="feria", openings=evening)
            for day in (date(2026, 12, 1), date(2026, 12, 25))
        ]
        calendar = lima(*extra)

        assert open_time(calendar, at(12, 1, 0), at(12, 2, 0)) == timedelta(hours=10)
        assert open_time(calendar, at(12, 25, 0), at(12, 26, 0)) == timedelta(hours=2)


class TestDaylightSaving:
    santiago = Calendar.build(
        name="santiago",
        zone="America/Santiago",
        hours=dict.fromkeys(range(7), parse_hours("00:00-24:00")),
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
    )
    zone = ZoneInfo("America/Santiago")

    def test_a_day_whose_midnight_does_not_exist_begins_when_the_clock_has_jumped(self) -> None:
        start = datetime(2026, 9, 4, 10, tzinfo=self.zone)

        answer = due(self.santiago, start, parse_span("1 day"), RULES["whole_days"])

        assert answer == datetime(2026, 9, 6, 3, 59, 59, tzinfo=UTC)
        assert local_date(self.santiago, datetime(2026, 9, 6, 4, tzinfo=UTC)) == date(2026, 9, 6)

    def test_a_local_time_that_does_not_exist_is_the_instant_of_the_jump(self) -> None:
        start = datetime(2026, 9, 5, 0, 30, tzinfo=self.zone)

        answer = due(self.santiago, start, parse_span("1 day"))

        assert answer == datetime(2026, 9, 6, 4, tzinfo=UTC)

    def test_the_short_day_has_twenty_three_business_hours(self) -> None:
        start = datetime(2026, 9, 6, 1, tzinfo=self.zone)

        answer = due(self.santiago, start, parse_span("23 business hours"))

        assert answer == datetime(2026, 9, 7, 0, tzinfo=self.zone)

    def test_a_local_time_shown_twice_is_its_last_showing(self) -> None:
        start = datetime(2026, 4, 3, 23, 30, tzinfo=self.zone)

        answer = due(self.santiago, start, parse_span("1 day"))

        assert answer == datetime(2026, 4, 5, 3, 30, tzinfo=UTC)

    def test_the_long_day_has_twenty_five_business_hours(self) -> None:
        start = datetime(2026, 4, 4, tzinfo=self.zone)

        answer = due(self.santiago, start, parse_span("25 business hours"))

        assert answer == datetime(2026, 4, 5, tzinfo=self.zone)

    def test_hours_that_begin_in_the_gap_begin_at_the_jump(self) -> None:
        calendar = Calendar.build(
            name="nights",
            zone="America/Santiago",
            hours={6: parse_hours("00:30-02:00")},
            first=date(2026, 9, 1),
            last=date(2026, 9, 30),
        )

        opened = next_opening(calendar, datetime(2026, 9, 5, 12, tzinfo=UTC))

        assert opened == datetime(2026, 9, 6, 4, tzinfo=UTC)

    def test_hours_wholly_inside_the_gap_do_not_happen(self) -> None:
        calendar = Calendar.build(
            name="nights",
            zone="America/Santiago",
            hours={6: parse_hours("00:10-00:50")},
            first=date(2026, 9, 1),
            last=date(2026, 9, 30),
        )

        assert next_opening(calendar, datetime(2026, 9, 5, 12, tzinfo=UTC)) == datetime(
            2026, 9, 13, 0, 10, tzinfo=self.zone
        )
