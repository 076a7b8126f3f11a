"""Clocks that stand, terms that grow, alarms on the way."""

from datetime import timedelta

import pytest

from tests.core.businesstime.office import at, lima, pause
from ventanilla.core.businesstime import (
    After,
    AtShare,
    Because,
    Before,
    BeyondHorizon,
    Extension,
    ExtensionLimit,
    Pause,
    PauseKind,
    Unit,
    alarm_instants,
    due,
    extended,
    extension_refused,
    parse_span,
    share_of,
)


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

    def test_pauses_that_touch_are_one(self) -> None:
        answer = due(
            lima(),
            at(11, 30),
            parse_span("1 business day"),
            pauses=[pause(at(12, 1, 17), at(12, 1, 20)), pause(at(12, 1, 20), at(12, 1, 22))],
        )

        assert answer == at(12, 1, 22)

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
