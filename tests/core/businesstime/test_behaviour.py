"""What each part promises, in chosen cases."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ventanilla.core.businesstime import (
    PLAIN,
    RULES,
    After,
    AtShare,
    Because,
    Before,
    BeyondHorizon,
    Calendar,
    CalendarError,
    CountingRule,
    DayKind,
    Extension,
    ExtensionLimit,
    HoursError,
    Move,
    OpenTerm,
    Pause,
    PauseKind,
    Reason,
    Roll,
    RuleError,
    SpanError,
    SpecialDay,
    Unit,
    Until,
    alarm_instants,
    before,
    due,
    elapsed,
    explain,
    extended,
    extension_refused,
    is_open,
    local_date,
    local_time,
    moved,
    next_opening,
    open_time,
    parse_hours,
    parse_span,
    share_of,
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


class TestSpans:
    @pytest.mark.parametrize(
        ("words", "unit", "amount"),
        [
            ("3 business days", Unit.BUSINESS_DAY, 3),
            ("1 business hour", Unit.BUSINESS_HOUR, 1),
            ("90 minutes", Unit.MINUTE, 90),
            ("  72   HOURS ", Unit.HOUR, 72),
            ("1 quarter", Unit.QUARTER, 1),
            ("0 days", Unit.DAY, 0),
        ],
    )
    def test_it_reads_an_amount_and_a_unit(self, words: str, unit: Unit, amount: int) -> None:
        span = parse_span(words)

        assert (span.unit, span.amount) == (unit, amount)
        assert parse_span(str(span)) == span

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ("", "not_a_span"),
            ("days", "not_a_span"),
            ("1.5 hours", "amount_not_whole"),
            ("-1 days", "amount_not_whole"),
            ("٣ days", "amount_not_whole"),
            ("99999999999999999999 days", "amount_out_of_range"),
            ("1000001 minutes", "amount_out_of_range"),
            ("3 bussiness days", "unit_unknown"),
        ],
    )
    def test_it_says_with_a_code_why_words_are_no_span(self, words: str, code: str) -> None:
        with pytest.raises(SpanError) as refused:
            parse_span(words)

        assert refused.value.code == code

    def test_it_guesses_the_unit_that_was_meant(self) -> None:
        with pytest.raises(SpanError) as refused:
            parse_span("3 bussiness days")

        assert refused.value.params["nearest"] == "business days"


class TestHours:
    def test_it_reads_several_intervals_a_day(self) -> None:
        assert [str(opening) for opening in SPLIT] == ["09:00-13:00", "14:00-18:00"]

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ("9 to 5", "hours_unreadable"),
            ("09:00-09:75", "hours_unreadable"),
            ("18:00-09:00", "hours_backwards"),
            ("09:00-25:00", "hours_backwards"),
            ("09:00-13:00,12:00-18:00", "hours_overlap"),
        ],
    )
    def test_it_refuses_what_are_no_hours(self, words: str, code: str) -> None:
        with pytest.raises(HoursError) as refused:
            parse_hours(words)

        assert refused.value.code == code


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


class TestUnits:
    def test_business_hours_business_days_and_hours_are_three_things(self) -> None:
        friday = at(11, 27, 10)

        assert ends(lima(), friday, "24 business hours") == at(12, 2, 10)
        assert ends(lima(), friday, "3 business days") == at(12, 2, 18)
        assert ends(lima(), friday, "72 hours") == at(11, 30, 10)

    def test_lunch_does_not_count(self) -> None:
        assert ends(lima(), at(12, 1, 12, 30), "1 business hour") == at(12, 1, 14, 30)

    def test_a_span_that_fills_the_day_ends_at_closing_not_at_the_next_opening(self) -> None:
        assert ends(lima(), at(12, 1, 9), "8 business hours") == at(12, 1, 18)

    def test_a_start_outside_hours_counts_from_the_next_opening(self) -> None:
        assert ends(lima(), at(12, 5), "90 business minutes") == at(12, 7, 10, 30)

    def test_no_business_time_at_all_is_over_at_once_even_when_closed(self) -> None:
        assert ends(lima(), at(12, 5), "0 business hours") == at(12, 5)

    def test_half_days_count_their_own_hours(self) -> None:
        assert ends(lima(HALF_DAY), at(12, 24, 9), "4 business hours") == at(12, 28, 10)

    def test_seconds_are_kept(self) -> None:
        start = at(12, 1).replace(second=7, microsecond=13)

        assert ends(lima(), start, "4 business hours") == at(12, 1, 15).replace(
            second=7, microsecond=13
        )

    def test_a_naive_start_is_a_defect_of_the_caller(self) -> None:
        with pytest.raises(TypeError):
            due(lima(), datetime(2026, 12, 1), parse_span("1 hour"))  # noqa: DTZ001


class TestRules:
    def test_a_term_may_not_end_on_a_half_day_where_the_rule_says_so(self) -> None:
        wednesday = at(12, 23)

        assert ends(lima(HALF_DAY), wednesday, "1 business day") == at(12, 24, 12)
        assert ends(lima(HALF_DAY), wednesday, "1 business day", PE) == at(12, 28, 18)

    def test_the_days_own_closing_ends_a_term_on_a_half_day(self) -> None:
        closure = SpecialDay(day=date(2026, 12, 1), kind=DayKind.CLOSURE, name="Inventario")

        assert ends(lima(closure), at(11, 30), "1 business day", PE) == at(12, 2, 18)
        assert ends(lima(closure), at(11, 30), "1 business day", RULES["cl_administrative"]) == at(
            12, 1, 23, 59
        ).replace(second=59)

    def test_zero_days_on_a_closed_day_can_stay_there(self) -> None:
        staying = CountingRule(name="staying", zero_rolls=False, business_until=Until.END_OF_DAY)

        assert ends(lima(), at(12, 5), "0 business days", staying) == at(12, 5, 23, 59).replace(
            second=59
        )
        assert ends(lima(), at(12, 5), "0 business days") == at(12, 7, 18)

    def test_zero_days_after_closing_are_over_at_once(self) -> None:
        assert ends(lima(), at(12, 1, 19), "0 business days") == at(12, 1, 19)

    def test_a_rule_that_moves_the_end_cannot_keep_the_time_of_day(self) -> None:
        with pytest.raises(RuleError):
            CountingRule(name="odd", roll=Roll.FORWARD)
        with pytest.raises(RuleError):
            CountingRule(name="odd", business_until=Until.SAME_TIME)

    def test_every_legal_rule_names_its_text(self) -> None:
        for rule in RULES.values():
            assert bool(rule.cites) == (rule.name[:3] in ("pe_", "cl_", "bo_"))


class TestPauses:
    def test_business_hours_stand_while_the_case_waits(self) -> None:
        answer = due(
            lima(),
            at(12, 1, 9),
            parse_span("8 business hours"),
            pauses=[pause(at(12, 1, 11), at(12, 2, 15))],
        )

        assert answer == at(12, 3, 12)

    def test_a_day_counts_when_the_clock_runs_at_its_end(self) -> None:
        three = parse_span("3 business days")

        within = due(lima(), at(11, 30), three, pauses=[pause(at(12, 1, 9), at(12, 1, 17))])
        overnight = due(lima(), at(11, 30), three, pauses=[pause(at(12, 1, 15), at(12, 3, 11))])

        assert within == at(12, 3, 18)
        assert overnight == at(12, 7, 18)

    def test_nothing_falls_due_while_the_clock_stands(self) -> None:
        answer = due(
            lima(),
            at(11, 30),
            parse_span("1 business day"),
            pauses=[pause(at(12, 1, 17), at(12, 1, 20))],
        )

        assert answer == at(12, 1, 20)

    def test_without_an_end_there_is_no_due_instant_yet(self) -> None:
        answer = due(lima(), at(12, 1), parse_span("72 hours"), pauses=[pause(at(12, 2), None)])

        assert isinstance(answer, BeyondHorizon)
        assert answer.because is Because.CLOCK_STANDS

    def test_a_term_that_ended_before_the_pause_keeps_its_end(self) -> None:
        answer = due(lima(), at(12, 1), parse_span("1 hour"), pauses=[pause(at(12, 2), None)])

        assert answer == at(12, 1, 11)

    def test_overlapping_pauses_are_counted_once(self) -> None:
        both = [pause(at(12, 1, 11), at(12, 1, 15)), pause(at(12, 1, 12), at(12, 1, 16))]

        assert due(lima(), at(12, 1), parse_span("2 hours"), pauses=both) == at(12, 1, 17)

    def test_a_back_dated_suspension_moves_the_end(self) -> None:
        suspension = Pause(
            kind=PauseKind.SUSPENSION, begins=at(11, 20), ends=at(12, 1, 12), source="Resolución 7"
        )

        assert due(lima(), at(12, 1), parse_span("2 hours"), pauses=[suspension]) == at(12, 1, 14)

    def test_months_move_by_the_days_the_clock_stood(self) -> None:
        answer = due(
            lima(), at(11, 30), parse_span("1 month"), pauses=[pause(at(12, 1, 15), at(12, 3, 8))]
        )

        assert answer == at(12, 30) + timedelta(days=2)

    def test_it_refuses_to_end_before_it_begins(self) -> None:
        with pytest.raises(ValueError, match="ends before"):
            pause(at(12, 2), at(12, 1))


class TestExtensions:
    def test_the_same_unit_makes_one_longer_term(self) -> None:
        longer = [Extension(span=parse_span("2 business days"))]

        answer = extended(lima(), at(11, 30), parse_span("3 business days"), longer)

        assert answer == due(lima(), at(11, 30), parse_span("5 business days"))

    def test_another_unit_is_counted_from_the_end_of_the_term(self) -> None:
        longer = [Extension(span=parse_span("1 week"))]

        answer = extended(lima(), at(11, 30), parse_span("3 business days"), longer)

        assert answer == at(12, 10, 18)

    @pytest.mark.parametrize(
        ("granted", "asked", "limit", "code"),
        [
            ([], "5 business days", ExtensionLimit(times=1, percent=50), None),
            ([], "6 business days", ExtensionLimit(percent=50), "too_long"),
            (["2 business days"], "4 business days", ExtensionLimit(percent=50), "too_long"),
            (["1 business day"], "1 business day", ExtensionLimit(times=1), "too_often"),
            ([], "1 month", ExtensionLimit(percent=50), "other_unit"),
            (["1 day"], "1 month", ExtensionLimit(), None),
        ],
    )
    def test_its_limits_say_how_often_and_how_long(
        self, granted: list[str], asked: str, limit: ExtensionLimit, code: str | None
    ) -> None:
        refused = extension_refused(
            parse_span("10 business days"),
            [Extension(span=parse_span(words)) for words in granted],
            Extension(span=parse_span(asked)),
            limit,
        )

        assert (refused.code if refused else None) == code


class TestAlarms:
    def test_several_alarms_have_each_an_instant(self) -> None:
        alarms = alarm_instants(
            lima(),
            at(11, 30, 9),
            parse_span("16 business hours"),
            [
                Before(span=parse_span("2 business hours")),
                AtShare(percent=50),
                After(span=parse_span("1 business day")),
            ],
        )

        assert alarms == (at(12, 1, 16), at(11, 30, 18), at(12, 2, 18))

    def test_an_alarm_never_precedes_the_start(self) -> None:
        (alarm,) = alarm_instants(
            lima(), at(12, 1), parse_span("2 hours"), [Before(span=parse_span("1 day"))]
        )

        assert alarm == at(12, 1)

    def test_a_share_of_a_paused_term_ignores_the_time_it_stood(self) -> None:
        (alarm,) = alarm_instants(
            lima(),
            at(12, 1, 9),
            parse_span("8 hours"),
            [AtShare(percent=75)],
            pauses=[pause(at(12, 1, 11), at(12, 1, 12))],
        )

        assert alarm == at(12, 1, 16)

    def test_a_share_without_any_open_time_is_of_the_clock(self) -> None:
        saturday = at(12, 5)

        assert share_of(
            lima(), saturday, Unit.BUSINESS_HOUR, saturday + timedelta(hours=2), 50
        ) == saturday + timedelta(hours=1)

    def test_what_has_no_deadline_has_no_alarms(self) -> None:
        alarms = alarm_instants(
            lima(), at(12, 1), parse_span("900 business days"), [AtShare(percent=50)]
        )

        assert isinstance(alarms[0], BeyondHorizon)

    def test_a_share_lies_between_nothing_and_everything(self) -> None:
        with pytest.raises(ValueError, match="percent"):
            AtShare(percent=101)


class TestBackward:
    def test_business_hours_leave_room_for_all_of_them(self) -> None:
        assert before(lima(), at(12, 7, 9), parse_span("1 business hour")) == at(12, 4, 17)

    def test_days_before_a_day_end_when_the_earlier_day_ends(self) -> None:
        assert before(lima(), at(12, 7), parse_span("1 business day")) == at(12, 4, 18)
        assert before(lima(), at(12, 31), parse_span("30 days")) == at(12, 1)

    def test_a_rolling_rule_moves_a_backward_term_to_the_business_day_before(self) -> None:
        assert before(lima(), at(12, 10), parse_span("4 days"), PE) == at(12, 4, 18)

    def test_months_back_end_on_the_last_day_of_a_shorter_month(self) -> None:
        assert before(lima(), at(12, 31), parse_span("1 month")) == at(11, 30)

    def test_nothing_before_is_the_instant_itself(self) -> None:
        assert before(lima(), at(12, 5), parse_span("0 business days")) == at(12, 5)


class TestElapsed:
    def test_it_counts_whole_units_that_are_over(self) -> None:
        monday = at(11, 30, 9)

        assert elapsed(lima(), monday, at(12, 1, 11), Unit.BUSINESS_HOUR) == 10
        assert elapsed(lima(), monday, at(12, 2, 17), Unit.BUSINESS_DAY) == 1
        assert elapsed(lima(), monday, at(12, 2, 18), Unit.BUSINESS_DAY) == 2
        assert elapsed(lima(), monday, at(11, 30, 8), Unit.HOUR) == 0


class TestHorizon:
    @pytest.mark.parametrize("words", ["60 business days", "1000 business hours"])
    def test_past_the_last_day_the_answer_is_unknown(self, words: str) -> None:
        answer = due(lima(), at(12, 1), parse_span(words))

        assert answer == BeyondHorizon(first=date(2026, 11, 2), last=date(2027, 1, 29))

    def test_before_the_first_day_it_is_unknown_too(self) -> None:
        early = datetime(2026, 1, 1, tzinfo=UTC)

        assert isinstance(due(lima(), early, parse_span("1 business hour")), BeyondHorizon)
        assert isinstance(due(lima(), early, parse_span("1 business day")), BeyondHorizon)
        assert isinstance(next_opening(lima(), early), BeyondHorizon)
        assert isinstance(is_open(lima(), early), BeyondHorizon)
        assert isinstance(elapsed(lima(), early, at(12, 1), Unit.BUSINESS_DAY), BeyondHorizon)
        assert isinstance(before(lima(), at(11, 3), parse_span("5 business days")), BeyondHorizon)

    def test_the_last_day_itself_is_known(self) -> None:
        assert ends(lima(), datetime(2027, 1, 28, 10, tzinfo=LIMA), "1 business day") == datetime(
            2027, 1, 29, 18, tzinfo=LIMA
        )

    def test_the_clock_needs_no_calendar(self) -> None:
        assert ends(lima(), at(12, 1), "2000 hours") == at(12, 1) + timedelta(hours=2000)
        assert ends(lima(), at(12, 1), "1 year") == datetime(2027, 12, 1, 10, tzinfo=LIMA)

    def test_a_term_that_may_have_to_move_needs_one(self) -> None:
        answer = due(lima(), at(12, 1), parse_span("1 year"), PE)

        assert isinstance(answer, BeyondHorizon)

    @pytest.mark.parametrize("words", ["1000000 years", "1000000 weeks", "999999 quarters"])
    def test_beyond_the_last_year_there_is_is_unknown(self, words: str) -> None:
        assert isinstance(due(lima(), at(12, 1), parse_span(words)), BeyondHorizon)
        assert isinstance(before(lima(), at(12, 1), parse_span(words)), BeyondHorizon)
        assert isinstance(explain(lima(), at(12, 1), parse_span(words)), BeyondHorizon)


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


class TestChanges:
    def test_a_decreed_holiday_moves_only_the_terms_that_count_that_day(self) -> None:
        terms = [
            OpenTerm(key="before", start=at(11, 27), span=parse_span("1 business day")),
            OpenTerm(key="across", start=at(11, 30), span=parse_span("3 business days")),
            OpenTerm(key="clock", start=at(11, 30), span=parse_span("72 hours")),
        ]

        moves = moved(lima(), lima(DECREED), terms)

        assert moves == (Move(key="across", was=at(12, 3, 18), now=at(12, 4, 18)),)

    def test_the_same_version_moves_nothing(self) -> None:
        term = OpenTerm(key="x", start=at(11, 30), span=parse_span("3 business days"))

        assert moved(lima(DECREED), lima(DECREED), [term]) == ()

    def test_pauses_and_extensions_of_a_term_are_heeded(self) -> None:
        term = OpenTerm(
            key="x",
            start=at(11, 30),
            span=parse_span("1 business day"),
            pauses=[pause(at(12, 1, 9), at(12, 2, 9))],
            extensions=[Extension(span=parse_span("1 business day"))],
        )

        moves = moved(lima(), lima(DECREED), [term])

        assert moves == (Move(key="x", was=at(12, 3, 18), now=at(12, 4, 18)),)


class TestExplanations:
    def test_each_day_says_why_it_counts_or_not(self) -> None:
        told = explain(lima(DECREED), at(12, 1), parse_span("2 business days"))

        assert not isinstance(told, BeyondHorizon)
        assert [(line.day.day, line.counted, line.reason) for line in told.lines] == [
            (1, False, Reason.FIRST_DAY),
            (2, False, Reason.HOLIDAY),
            (3, True, Reason.COUNTED),
            (4, True, Reason.COUNTED),
        ]
        assert (told.lines[1].name, told.lines[1].source) == ("Día no laborable", DECREED.source)
        assert (told.calendar, told.version) == ("lima", lima(DECREED).version)

    def test_waiting_is_told_with_its_reason(self) -> None:
        told = explain(
            lima(),
            at(12, 1, 9),
            parse_span("3 business hours"),
            pauses=[pause(at(12, 1, 10), at(12, 1, 11))],
        )

        assert not isinstance(told, BeyondHorizon)
        assert [(line.reason, line.name) for line in told.lines] == [
            (Reason.COUNTED, ""),
            (Reason.WAITING, "falta el RUC"),
            (Reason.COUNTED, ""),
        ]

    def test_the_day_to_which_the_end_moves_is_told(self) -> None:
        told = explain(lima(), at(12, 1), parse_span("4 days"), PE)

        assert not isinstance(told, BeyondHorizon)
        assert [line.reason for line in told.lines[-3:]] == [
            Reason.COUNTED,
            Reason.NOT_BUSINESS,
            Reason.ENDS_HERE,
        ]

    def test_a_late_filing_is_told(self) -> None:
        told = explain(lima(), at(12, 5), parse_span("1 business day"), RULES["office"])

        assert not isinstance(told, BeyondHorizon)
        assert [line.reason for line in told.lines] == [
            Reason.FILED_LATE,
            Reason.FILED_LATE,
            Reason.FIRST_DAY,
            Reason.COUNTED,
        ]
