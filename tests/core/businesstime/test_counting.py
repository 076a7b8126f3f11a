"""When spans are over, counted forwards and backwards."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.core.businesstime.office import HALF_DAY, LIMA, PE, at, ends, lima
from ventanilla.core.businesstime import (
    RULES,
    BeyondHorizon,
    CountingRule,
    DayKind,
    Roll,
    RuleError,
    SpecialDay,
    Unit,
    Until,
    before,
    due,
    elapsed,
    explain,
    is_open,
    next_opening,
    parse_span,
)


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
