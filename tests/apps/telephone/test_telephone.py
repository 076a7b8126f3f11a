"""Calls heard, held, lost and called back, on the desk of the exporters."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import permutations
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.support.desks import Desk, case_at_desk, known_person, open_desk, pack_files, ring
from ventanilla.cases.selectors import case_file
from ventanilla.catalog.services import load_pack
from ventanilla.channels.forgetting import forget_person
from ventanilla.packs.reader import PackFiles
from ventanilla.telephone.course import Happening, Notice, Standing
from ventanilla.telephone.hearing import Told, hear
from ventanilla.telephone.models import AttemptOutcome, Call, CallBack, CallBackStatus, CallEvent
from ventanilla.telephone.outcomes import Because, CallNotFound, EventDiffers, Heard, NotDone
from ventanilla.telephone.selectors import call_back_file, call_row, calls_of_case, mine, owed
from ventanilla.telephone.services import (
    give_up,
    log_call,
    log_lost,
    record_attempt,
    say,
    take_call,
)

MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""A working Monday at nine in Lima."""


def seconds(count: int) -> datetime:
    return MONDAY + timedelta(seconds=count)


@pytest.fixture
def desk(db: None) -> Desk:
    return open_desk(MONDAY)


def attempt(desk: Desk, back: UUID, outcome: AttemptOutcome, at: int = 600) -> int | NotDone:
    return record_attempt(
        actor=desk.agent.actor,
        now=seconds(at),
        call_back=back,
        outcome=outcome,
        text="",
        words="Devolución",
    )


@pytest.mark.covers("VD-12")
def test_a_lost_call_it_is_owed_a_call_back_within_the_time_of_the_pack(desk: Desk) -> None:
    ring(desk, MONDAY)
    ring(desk, seconds(20), Happening.HUNG_UP)

    row = owed(desk.agent.actor)[0]

    assert (row.number, row.office, row.lost_at) == ("+51987654321", "lima", seconds(20))
    assert row.due_at == seconds(20) + timedelta(minutes=30)


def test_a_call_lost_at_noon_it_is_owed_after_lunch(desk: Desk) -> None:
    ring(desk, MONDAY.replace(hour=17, minute=50), Happening.LOST)

    assert owed(desk.agent.actor)[0].due_at == MONDAY.replace(hour=19, minute=20)


def test_the_same_number_lost_again_it_is_one_call_back_that_counts_both(desk: Desk) -> None:
    ring(desk, MONDAY, Happening.LOST)
    ring(desk, seconds(60), Happening.LOST, call="c2", caller="987 654 321")

    assert [(one.number, one.losses) for one in owed(desk.agent.actor)] == [("+51987654321", 2)]


def test_a_hidden_number_it_is_owed_by_itself_and_may_be_given_up_at_once(desk: Desk) -> None:
    ring(desk, MONDAY, Happening.LOST, caller="anonymous")
    ring(desk, seconds(5), Happening.LOST, call="c2", caller="anonymous")
    rows = owed(desk.agent.actor)

    assert [one.number for one in rows] == ["", ""]
    assert give_up(actor=desk.agent.actor, now=seconds(9), call_back=rows[0].reference) is None


@pytest.mark.covers("VD-11")
def test_the_option_it_is_kept_with_the_call_and_its_waiting_time(desk: Desk) -> None:
    ring(desk, MONDAY)
    ring(desk, seconds(4), Happening.OPTION, option="1")
    call = ring(desk, seconds(30), Happening.ANSWERED, agent=desk.agent.email)

    row = call_row(desk.agent.actor, call)

    assert row.option == "1"
    assert row.answered_at == row.started_at + timedelta(seconds=30)
    assert [one.reference for one in mine(desk.agent.actor)] == [call]


def test_an_answer_that_turns_up_late_it_takes_the_call_back_away(desk: Desk) -> None:
    ring(desk, MONDAY)
    call = ring(desk, seconds(30), Happening.HUNG_UP)
    was_owed = len(owed(desk.agent.actor))

    ring(desk, seconds(10), Happening.ANSWERED)

    assert was_owed == 1
    assert owed(desk.agent.actor) == ()
    assert call_row(desk.agent.actor, call).standing == Standing.ENDED


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_events_out_of_order_they_come_to_the_same_call(desk: Desk, order: tuple[int, ...]) -> None:
    events = (Happening.RINGING, Happening.OPTION, Happening.ANSWERED, Happening.HUNG_UP)

    calls = {
        ring(
            desk,
            seconds(position * 10),
            events[position],
            option="2" if position == 1 else "",
        )
        for position in order
    }

    row = call_row(desk.agent.actor, calls.pop())
    assert row.standing == Standing.ENDED
    assert (row.started_at, row.ended_at) == (MONDAY, seconds(30))
    assert row.option == "2"
    assert owed(desk.agent.actor) == ()


def test_the_same_event_again_it_changes_nothing_and_another_of_its_name_is_refused(
    desk: Desk,
) -> None:
    def tell(raw: bytes) -> Heard:
        notice = Notice(id="e1", happening=Happening.LOST, at=MONDAY, caller="+51987654321")
        told = Told(call="c", office="lima", notice=notice, raw=raw)
        return hear(actor=desk.system, now=MONDAY, told=told)

    first, again = tell(b"one"), tell(b"one")

    assert (first.is_new, again.is_new) == (True, False)
    assert len(owed(desk.agent.actor)) == 1
    with pytest.raises(EventDiffers):
        tell(b"other")


def test_events_at_once_they_make_one_call_and_one_call_back(transactional_db: None) -> None:
    desk = open_desk(MONDAY)
    barrier = Barrier(4)

    def tell(number: int) -> UUID:
        try:
            barrier.wait(timeout=10)
            happening = Happening.LOST if number % 2 else Happening.RINGING
            return ring(desk, MONDAY, happening, id=f"e{number}")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        calls = set(pool.map(tell, range(4)))

    assert len(calls) == 1
    assert CallEvent.objects.within(desk.organization_id).count() == 4
    assert len(owed(desk.agent.actor)) == 1


def test_hold_it_counts_apart_and_what_cannot_follow_is_refused(desk: Desk) -> None:
    call = ring(desk, MONDAY, Happening.ANSWERED, agent=desk.agent.email)

    def do(happening: Happening, at: int) -> Heard | NotDone:
        return say(actor=desk.agent.actor, now=seconds(at), call=call, happening=happening)

    assert isinstance(do(Happening.RESUMED, 5), NotDone)
    for happening, at in (
        (Happening.HELD, 10),
        (Happening.RESUMED, 40),
        (Happening.HUNG_UP, 100),
    ):
        assert isinstance(do(happening, at), Heard)

    row = call_row(desk.agent.actor, call)
    assert row.held == timedelta(seconds=30)
    assert row.talked == timedelta(seconds=100)
    assert isinstance(do(Happening.HELD, 110), NotDone)


@pytest.mark.covers("VD-12", "PE-49")
def test_a_call_back_it_keeps_its_tries_and_is_not_given_up_too_early(desk: Desk) -> None:
    ring(desk, MONDAY, Happening.LOST)
    back = owed(desk.agent.actor)[0].reference
    attempt(desk, back, AttemptOutcome.NO_ANSWER)
    attempt(desk, back, AttemptOutcome.BUSY, 700)

    early = give_up(actor=desk.agent.actor, now=seconds(800), call_back=back)
    attempt(desk, back, AttemptOutcome.NO_ANSWER, 900)
    at_last = give_up(actor=desk.agent.actor, now=seconds(1000), call_back=back)
    row, attempts = call_back_file(desk.agent.actor, back)

    assert early == NotDone(because=Because.TOO_EARLY, left=1)
    assert at_last is None
    assert row.status == CallBackStatus.GIVEN_UP
    assert [one.outcome for one in attempts] == ["no_answer", "busy", "no_answer"]
    assert {one.by for one in attempts} == {"Ana Ríos"}
    assert attempt(desk, back, AttemptOutcome.REACHED, 1100) == NotDone(because=Because.CLOSED)


def test_reached_it_is_settled(desk: Desk) -> None:
    ring(desk, MONDAY, Happening.LOST)
    back = owed(desk.agent.actor)[0].reference

    attempt(desk, back, AttemptOutcome.REACHED)

    assert owed(desk.agent.actor) == ()
    assert call_back_file(desk.agent.actor, back)[0].status == CallBackStatus.REACHED


def opening_desk() -> Desk:
    """The desk whose pack opens a case for every lost call."""
    desk = open_desk(MONDAY)
    files = dict(pack_files().files)
    before = "missed_call: {within: 30 business minutes"
    assert before in files["pack.yaml"]
    files["pack.yaml"] = files["pack.yaml"].replace(
        before, "missed_call: {open: IN-DX-EXP-001, within: 30 business minutes"
    )
    load_pack(files=PackFiles(name="promperu", files=files), now=MONDAY, slug="promperu")
    return desk


@pytest.mark.covers("VD-12")
def test_a_lost_call_it_opens_the_case_that_the_pack_names_and_its_story_has_the_tries(
    db: None,
) -> None:
    desk = opening_desk()
    ring(desk, seconds(10), Happening.LOST)
    row = owed(desk.agent.actor)[0]

    attempt(desk, row.reference, AttemptOutcome.NO_ANSWER)

    case = case_file(actor=desk.agent.actor, number=row.case_number)
    assert case.state.subject == "Llamada perdida"
    assert case.state.sender.phone == "+51987654321"
    assert any(entry.command == "note" for entry in case.entries)


def test_who_calls_again_first_it_settles_the_call_back_and_joins_its_case(db: None) -> None:
    desk = opening_desk()
    ring(desk, seconds(10), Happening.LOST)
    row = owed(desk.agent.actor)[0]

    again = ring(desk, seconds(120), Happening.ANSWERED, call="c2", agent=desk.agent.email)

    assert owed(desk.agent.actor) == ()
    back = call_back_file(desk.agent.actor, row.reference)[0]
    assert back.status == CallBackStatus.CALLED_AGAIN
    assert call_row(desk.agent.actor, again).case_number == row.case_number


def test_a_call_without_a_system_it_is_logged_with_its_case_and_clock(desk: Desk) -> None:
    number = case_at_desk(desk, MONDAY, channel="phone")
    case = case_file(actor=desk.agent.actor, number=number).reference

    log_call(
        actor=desk.agent.actor,
        now=seconds(60),
        office="lima",
        caller="987654321",
        began_at=MONDAY,
        case=case,
    )

    rows = calls_of_case(desk.agent.actor, case)
    assert [(one.caller, one.answered_at, one.agent) for one in rows] == [
        ("+51987654321", MONDAY, "Ana Ríos")
    ]


def test_taking_a_call_that_still_rings_it_is_answered(desk: Desk) -> None:
    number = case_at_desk(desk, MONDAY, channel="phone")
    case = case_file(actor=desk.agent.actor, number=number).reference
    call = ring(desk, MONDAY)

    take_call(actor=desk.agent.actor, now=seconds(8), call=call, case=case)
    ring(desk, seconds(5), Happening.ANSWERED, agent=desk.agent.email)

    row = call_row(desk.agent.actor, call)
    assert (row.standing, row.answered_at) == (Standing.ANSWERED, seconds(5))
    assert (row.agent, row.case_number) == ("Ana Ríos", number)


def test_a_lost_call_noted_by_hand_it_is_owed_too(desk: Desk) -> None:
    log_lost(actor=desk.agent.actor, now=MONDAY, number="987654321", name="Rosa", lost_at=MONDAY)

    assert [(one.number, one.name) for one in owed(desk.agent.actor)] == [("+51987654321", "Rosa")]


def test_the_extension_it_names_its_person_unless_it_is_two_peoples(desk: Desk) -> None:
    call = ring(desk, MONDAY, Happening.ANSWERED, agent="0101")

    assert call_row(desk.agent.actor, call).agent == ""
    by_address = ring(desk, MONDAY, Happening.ANSWERED, call="c2", agent=desk.colleague.email)
    assert call_row(desk.agent.actor, by_address).agent == "Luis Soto"


def test_a_call_of_the_neighbours_it_does_not_exist(desk: Desk) -> None:
    neighbour = open_desk(MONDAY, "vecino")
    theirs = ring(neighbour, MONDAY, Happening.ANSWERED)

    with pytest.raises(CallNotFound):
        take_call(actor=desk.agent.actor, now=MONDAY, call=theirs, case=uuid4())
    assert mine(desk.agent.actor) == ()


def test_forgetting_a_person_it_leaves_the_calls_without_their_number(desk: Desk) -> None:
    party = known_person(desk, MONDAY)
    ring(desk, MONDAY, Happening.LOST)

    forget_person(actor=desk.system, party=party, now=seconds(60))

    organization = desk.organization_id
    assert set(Call.objects.within(organization).values_list("caller", flat=True)) == {""}
    assert set(CallBack.objects.within(organization).values_list("number", flat=True)) == {""}
    assert set(CallEvent.objects.within(organization).values_list("caller", flat=True)) == {""}
