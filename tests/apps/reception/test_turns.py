"""The turn: whoever comes later than the longest head start can never pass before you."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ventanilla.reception.turns import LATENESS_FORGIVEN, turn_time

NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

moments = st.integers(min_value=0, max_value=600).map(
    lambda minute: NINE + timedelta(minutes=minute)
)
starts = st.sampled_from([0, 5, 15, 20, 45, 120]).map(lambda minute: timedelta(minutes=minute))


@st.composite
def comers(draw: st.DrawFn) -> tuple[datetime, datetime, timedelta, datetime | None]:
    """When somebody comes, their turn, the head start they have at most, and their hour."""
    came_at, ahead, appointed = draw(moments), draw(starts), draw(starts)
    appointment = draw(st.none() | moments)
    turn = turn_time(
        came_at=came_at, ahead=ahead, appointment_at=appointment, appointment_ahead=appointed
    )
    return came_at, turn, max(ahead, appointed), appointment


@given(comers())
def test_a_turn_it_is_never_later_than_the_coming(
    one: tuple[datetime, datetime, timedelta, datetime | None],
) -> None:
    came_at, turn, _, _ = one

    assert turn <= came_at


@given(comers(), comers())
def test_nobody_is_passed_by_who_comes_later_than_the_longest_head_start(
    one: tuple[datetime, datetime, timedelta, datetime | None],
    other: tuple[datetime, datetime, timedelta, datetime | None],
) -> None:
    came_at, turn, _, _ = one
    later, theirs, most, appointment = other
    since = later if appointment is None else min(later, appointment)

    if since >= came_at + most:
        assert turn <= theirs


@given(st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=200, max_size=200))
def test_a_day_with_too_few_counters_it_still_calls_everybody_within_the_bound(
    day: list[tuple[int, bool]],
) -> None:
    """People come faster than they are attended, most with priority; the plain ones are called."""
    ahead = timedelta(minutes=20)
    came = NINE
    waiting: list[tuple[datetime, datetime]] = []
    called: list[tuple[datetime, datetime]] = []
    for gap, is_preferred in day:
        came += timedelta(minutes=gap)
        turn = turn_time(came_at=came, ahead=ahead if is_preferred else timedelta(0))
        waiting.append((turn, came))
        if len(waiting) % 2 == 0:
            called.append(min(waiting))
            waiting.remove(called[-1])

    for turn, came_at in waiting:
        passed_by = [theirs for their_turn, theirs in called if theirs > came_at]
        assert all(theirs < came_at + ahead for theirs in passed_by), turn


def test_an_appointment_it_counts_from_its_hour_for_who_comes_early() -> None:
    turn = turn_time(came_at=NINE, appointment_at=NINE + HOUR, appointment_ahead=HOUR / 2)

    assert turn == NINE
    assert turn_time(
        came_at=NINE + HOUR / 4 * 3, appointment_at=NINE + HOUR, appointment_ahead=HOUR / 2
    ) == (NINE + HOUR / 2)


def test_an_appointment_it_is_forgiven_a_little_lateness_and_no_more() -> None:
    punctual = turn_time(
        came_at=NINE + LATENESS_FORGIVEN, appointment_at=NINE, appointment_ahead=HOUR / 2
    )
    late = turn_time(
        came_at=NINE + LATENESS_FORGIVEN + timedelta(minutes=1),
        appointment_at=NINE,
        appointment_ahead=HOUR / 2,
    )

    assert punctual == NINE - HOUR / 2
    assert late == NINE + LATENESS_FORGIVEN + timedelta(minutes=1)
