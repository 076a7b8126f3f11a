"""The laws of service time, for any calendar we can think of."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.core.businesstime.cases import random_cases, walked_calendars
from ventanilla.core.businesstime import (
    PARTS,
    PLAIN,
    RULES,
    BeyondHorizon,
    Calendar,
    CountingRule,
    Span,
    Unit,
    before,
    due,
    elapsed,
    explain,
    local_date,
    local_time,
    open_time,
)

TIME_UNITS = (Unit.MINUTE, Unit.HOUR, Unit.BUSINESS_MINUTE, Unit.BUSINESS_HOUR)
FAITHFUL = [rule for rule in RULES.values() if rule.name not in ("office", "first_day_counts")]

calendars = st.sampled_from([minutes.calendar for minutes in walked_calendars()])
amounts = st.integers(min_value=0, max_value=40)
units = st.sampled_from(list(Unit))
rules = st.sampled_from(list(RULES.values()))


@st.composite
def starts(draw: st.DrawFn, calendar: Calendar) -> datetime:
    days = (calendar.last - calendar.first).days
    noon = datetime.combine(calendar.first, datetime.min.time(), UTC) + timedelta(hours=12)
    return noon + draw(st.timedeltas(timedelta(), timedelta(days=days // 2)))


@st.composite
def situations(draw: st.DrawFn) -> tuple[Calendar, datetime]:
    calendar = draw(calendars)
    return calendar, draw(starts(calendar))


def known(answer: datetime | BeyondHorizon) -> datetime:
    assume(not isinstance(answer, BeyondHorizon))
    assert isinstance(answer, datetime)
    return answer


@given(situation=situations(), amount=amounts, unit=units, rule=rules)
def test_a_term_never_ends_before_it_begins(
    situation: tuple[Calendar, datetime], amount: int, unit: Unit, rule: CountingRule
) -> None:
    calendar, start = situation

    ends = known(due(calendar, start, Span(amount=amount, unit=unit), rule))

    assert ends >= start
    assert ends.tzinfo is UTC


@given(situation=situations(), amount=amounts, unit=units, rule=rules)
def test_a_longer_span_never_ends_earlier(
    situation: tuple[Calendar, datetime], amount: int, unit: Unit, rule: CountingRule
) -> None:
    calendar, start = situation

    shorter = known(due(calendar, start, Span(amount=amount, unit=unit), rule))
    longer = known(due(calendar, start, Span(amount=amount + 1, unit=unit), rule))

    assert shorter <= longer


@given(
    situation=situations(),
    later=st.timedeltas(timedelta(), timedelta(days=5)),
    amount=amounts,
    unit=units,
    rule=rules,
)
def test_a_later_start_never_ends_earlier_on_the_local_clock(
    situation: tuple[Calendar, datetime],
    later: timedelta,
    amount: int,
    unit: Unit,
    rule: CountingRule,
) -> None:
    calendar, start = situation
    span = Span(amount=amount, unit=unit)
    shown = local_time(calendar, start).replace(tzinfo=None)
    assume(shown <= local_time(calendar, start + later).replace(tzinfo=None))

    one = known(due(calendar, start, span, rule))
    other = known(due(calendar, start + later, span, rule))

    assert one <= other


@given(situation=situations(), one=amounts, other=amounts, unit=st.sampled_from(TIME_UNITS))
def test_minutes_and_hours_of_either_kind_add_up(
    situation: tuple[Calendar, datetime], one: int, other: int, unit: Unit
) -> None:
    calendar, start = situation

    first = known(due(calendar, start, Span(amount=one, unit=unit)))
    then = due(calendar, first, Span(amount=other, unit=unit))

    assert then == due(calendar, start, Span(amount=one + other, unit=unit))


@given(
    situation=situations(),
    one=st.integers(min_value=1, max_value=9),
    other=st.integers(min_value=1, max_value=9),
    rule=st.sampled_from(FAITHFUL),
)
def test_business_days_add_up_where_the_first_day_does_not_count(
    situation: tuple[Calendar, datetime], one: int, other: int, rule: CountingRule
) -> None:
    calendar, start = situation
    assume(not rule.half_day_rolls)

    first = known(due(calendar, start, Span(amount=one, unit=Unit.BUSINESS_DAY), rule))
    then = due(calendar, first, Span(amount=other, unit=Unit.BUSINESS_DAY), rule)

    assert then == due(calendar, start, Span(amount=one + other, unit=Unit.BUSINESS_DAY), rule)


@given(situation=situations(), amount=st.integers(0, 30), unit=units, rule=rules)
def test_adding_and_then_counting_gives_the_amount_back(
    situation: tuple[Calendar, datetime], amount: int, unit: Unit, rule: CountingRule
) -> None:
    calendar, start = situation
    span = Span(amount=amount, unit=unit)
    ends = known(due(calendar, start, span, rule))

    counted = elapsed(calendar, start, ends, unit, rule)

    assert isinstance(counted, int)
    assert counted >= amount
    assert due(calendar, start, Span(amount=counted, unit=unit), rule) == ends
    if not rule.half_day_rolls and rule.roll == "stay" and amount > 0:
        assert counted == amount


@given(situation=situations(), amount=st.integers(1, 40), unit=st.sampled_from(TIME_UNITS))
def test_counting_back_from_the_end_leaves_room_for_the_span(
    situation: tuple[Calendar, datetime], amount: int, unit: Unit
) -> None:
    calendar, target = situation
    span = Span(amount=amount, unit=unit)

    latest = known(before(calendar, target, span))

    assert known(due(calendar, latest, span)) <= target
    assert known(due(calendar, latest + timedelta(microseconds=1), span)) > target


@given(
    situation=situations(),
    amount=st.integers(1, 12),
    unit=st.sampled_from([Unit.BUSINESS_DAY, Unit.DAY, Unit.WEEK]),
    rule=st.sampled_from(FAITHFUL),
)
def test_a_backward_term_lies_at_least_its_span_before(
    situation: tuple[Calendar, datetime], amount: int, unit: Unit, rule: CountingRule
) -> None:
    calendar, target = situation
    span = Span(amount=amount, unit=unit)

    if unit is Unit.BUSINESS_DAY:
        same_day = known(due(calendar, target, Span(amount=0, unit=unit), rule))
        assume(local_date(calendar, same_day) == local_date(calendar, target))
    latest = known(before(calendar, target, span, rule))

    counted = elapsed(calendar, latest, target + timedelta(days=1), unit, rule)
    assert latest < target
    assert isinstance(counted, int)
    assert counted >= amount or rule.half_day_rolls or rule.roll == "forward"


@pytest.mark.parametrize("seed", range(3))
def test_the_explanation_adds_up_to_the_answer(seed: int) -> None:
    for minutes, number, span, rule, pauses in random_cases(1000 + seed, 1000):
        start = minutes.instant(number)
        answer = due(minutes.calendar, start, span, rule, pauses=pauses)

        told = explain(minutes.calendar, start, span, rule, pauses)

        if isinstance(told, BeyondHorizon):
            assert told == answer
            continue
        assert told.due == answer
        assert told.counted == told.promised == span.amount * PARTS[span.unit]
        assert all(line.counted == (line.amount > 0) for line in told.lines)
        edges = [edge for line in told.lines for edge in (line.begins, line.ends)]
        assert edges == sorted(edges)
        assert not told.lines or (edges[0] >= start and edges[-1] == told.due)


@given(situation=situations(), amount=st.integers(0, 5), unit=st.sampled_from([Unit.MONTH]))
def test_months_are_explained_month_by_month(
    situation: tuple[Calendar, datetime], amount: int, unit: Unit
) -> None:
    calendar, start = situation

    told = explain(calendar, start, Span(amount=amount, unit=unit), PLAIN)

    assert not isinstance(told, BeyondHorizon)
    assert told.counted == told.promised == amount
    assert len(told.lines) == amount


@given(situation=situations(), amount=st.integers(0, 40))
def test_open_time_between_start_and_end_is_the_span(
    situation: tuple[Calendar, datetime], amount: int
) -> None:
    calendar, start = situation
    ends = known(due(calendar, start, Span(amount=amount, unit=Unit.BUSINESS_HOUR)))

    assert open_time(calendar, start, ends) == timedelta(hours=amount)
