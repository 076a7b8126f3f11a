"""A call read from its events: the same whatever the order in which they came."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ventanilla.telephone.course import Happening, Notice, Standing, course_of

NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def told(happening: Happening, second: int, **more: str) -> Notice:
    at = NINE + timedelta(seconds=second)
    return Notice(id=f"{happening}-{second}", happening=happening, at=at, **more)


WHOLE = (
    told(Happening.RINGING, 0, caller="+51987654321", line="4200400"),
    told(Happening.OPTION, 5, option="1"),
    told(Happening.ANSWERED, 12, agent="ana@oficina.example"),
    told(Happening.HELD, 60),
    told(Happening.RESUMED, 90),
    told(Happening.HELD, 100),
    told(Happening.HUNG_UP, 130),
)


@given(st.permutations(WHOLE))
def test_a_call_it_is_the_same_in_whatever_order_its_events_come(order: list[Notice]) -> None:
    assert course_of(order) == course_of(WHOLE)


def test_a_call_it_tells_its_times_its_option_and_how_long_it_was_held() -> None:
    course = course_of(WHOLE)

    assert course.standing is Standing.ENDED
    assert course.started_at == NINE
    assert course.answered_at == NINE + timedelta(seconds=12)
    assert course.ended_at == NINE + timedelta(seconds=130)
    assert (course.option, course.line, course.agent) == ("1", "4200400", "ana@oficina.example")
    assert course.held == timedelta(seconds=60)


@given(st.lists(st.sampled_from(WHOLE), min_size=1, unique_by=lambda one: one.id))
def test_a_part_of_its_events_it_is_a_call_too(part: list[Notice]) -> None:
    course = course_of(part)
    happened = {one.happening for one in part}

    ended = Happening.HUNG_UP in happened
    answered = Happening.ANSWERED in happened
    assert (course.ended_at is not None) == ended
    assert (course.standing is Standing.LOST) == (ended and not answered)
    assert (course.standing is Standing.RINGING) == (not ended and not answered)


def test_a_caller_who_hangs_up_before_an_answer_it_is_a_lost_call() -> None:
    assert course_of(WHOLE[:2] + WHOLE[-1:]).standing is Standing.LOST
