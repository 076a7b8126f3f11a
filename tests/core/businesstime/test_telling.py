"""What moves when a calendar changes, and how a count is told."""

from tests.core.businesstime.office import DECREED, PE, at, lima, pause
from ventanilla.core.businesstime import (
    RULES,
    BeyondHorizon,
    Extension,
    Move,
    OpenTerm,
    Reason,
    explain,
    moved,
    parse_span,
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
