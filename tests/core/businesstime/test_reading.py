"""Spans and opening hours are read from words."""

import pytest

from tests.core.businesstime.office import SPLIT
from ventanilla.core.businesstime import HoursError, SpanError, Unit, parse_hours, parse_span


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
