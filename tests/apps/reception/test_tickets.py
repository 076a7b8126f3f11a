"""From the kiosk to the counter and back: numbers, turns, cases, and what is refused."""

from datetime import timedelta

import pytest

from tests.apps.reception.conftest import MONDAY, Room, done, minutes, refused
from tests.support.desks import known_person
from ventanilla.cases.selectors import case_file
from ventanilla.reception.calling import (
    call_again,
    finish,
    no_show,
    put_back,
    send_on,
)
from ventanilla.reception.erasure import erase_reception_of
from ventanilla.reception.issuing import MOST_BY_ONE, Wish, arrive, expect, give_ticket, withdraw
from ventanilla.reception.models import StretchKind, TicketStatus
from ventanilla.reception.outcomes import Because, TicketNotFound
from ventanilla.reception.selectors import (
    absent,
    last_calls,
    line,
    ticket_file,
    ticket_row,
    tickets_of_case,
    times,
)


@pytest.mark.covers("ID-47", "ID-48")
def test_a_ticket_it_carries_the_letter_of_the_line_to_which_its_service_leads(room: Room) -> None:
    labels = [
        room.ticket(service=service).label for service in ("consulta", "entrevista", "visita")
    ]

    assert labels == ["A-001", "E-001", "R-001"]
    assert room.ticket(service="servicios").label == "A-002"
    assert room.hall.queues["especialistas"].room == "Segundo piso, sala 2"


def test_a_ticket_it_counts_anew_each_day_and_yesterdays_calls_nobody(room: Room) -> None:
    yesterday = room.ticket()
    tomorrow = room.ticket(at=24 * 60)

    called = done(room.call(room.desk.agent, at=24 * 60 + 5))

    assert tomorrow.label == yesterday.label == "A-001"
    assert called.reference == tomorrow.reference
    assert ticket_row(room.desk.system, yesterday.reference).status == TicketStatus.LAPSED


def test_the_same_form_it_gives_one_ticket(room: Room) -> None:
    assert room.ticket(key="form-1") == room.ticket(at=1, key="form-1")
    assert len(line(room.desk.system, room.hall, MONDAY)) == 1


def test_a_child_at_the_kiosk_it_does_not_empty_the_roll(room: Room) -> None:
    for _ in range(MOST_BY_ONE):
        room.ticket()
    wish = Wish(office="lima", service="consulta")

    refusal = refused(give_ticket(actor=room.desk.system, now=MONDAY, wish=wish))

    assert refusal.because is Because.TOO_MANY
    later = done(give_ticket(actor=room.desk.system, now=minutes(2), wish=wish))
    assert later.label == f"A-{MOST_BY_ONE + 1:03d}"


def test_a_service_that_is_not_there_it_is_refused(room: Room) -> None:
    wish = Wish(office="arequipa", service="entrevista")

    refusal = refused(give_ticket(actor=room.desk.system, now=MONDAY, wish=wish))

    assert refusal.because is Because.UNKNOWN_SERVICE


def test_the_next_it_is_who_came_first_with_a_head_start_for_priority(room: Room) -> None:
    room.ticket(at=0)
    second = room.ticket(at=5)
    preferred = room.ticket(at=10, priority="preferente")
    late = room.ticket(at=26, priority="preferente")

    order = [one.reference for one in line(room.desk.system, room.hall, minutes(26))]
    called = done(room.call(room.desk.agent))

    assert called.reference == preferred.reference == order[0]
    assert order.index(second.reference) < order.index(late.reference)


def test_a_priority_that_is_not_offered_it_is_worth_nothing(room: Room) -> None:
    room.ticket(at=0)
    sly = room.ticket(at=1, priority="cita")

    assert line(room.desk.system, room.hall, minutes(1))[-1].reference == sly.reference


def test_a_counter_it_calls_only_what_its_lines_and_its_person_may(room: Room) -> None:
    room.ticket(service="entrevista")
    interview = line(room.desk.system, room.hall, MONDAY)[0]

    nobody = refused(room.call(room.desk.agent))
    called = done(room.call(room.desk.specialist))

    assert nobody.because is Because.NOBODY_WAITS
    assert called.reference == interview.reference


def test_who_sits_nowhere_it_calls_nobody(room: Room) -> None:
    room.ticket()
    assert room.sit(room.desk.agent, "") is None

    assert refused(room.call(room.desk.agent)).because is Because.NO_COUNTER


def test_a_counter_where_somebody_attends_it_is_not_taken_over(room: Room) -> None:
    room.ticket()
    done(room.call(room.desk.agent))

    taken = refused(room.sit(room.desk.colleague, "ventanilla_1"))
    moving = refused(room.sit(room.desk.agent, "ventanilla_3"))

    assert (taken.because, taken.who) == (Because.COUNTER_TAKEN, "Ana Ríos")
    assert moving.because is Because.IN_HAND


def test_calling_twice_it_stays_with_the_one_in_hand(room: Room) -> None:
    first, second = room.ticket(at=0), room.ticket(at=1)
    done(room.call(room.desk.agent))

    again = refused(room.call(room.desk.agent))

    assert (again.because, again.label) == (Because.IN_HAND, first.label)
    assert ticket_row(room.desk.system, second.reference).status == TicketStatus.WAITING


@pytest.mark.covers("ID-49", "ID-50")
def test_attending_it_opens_the_case_of_the_service_and_both_know_each_other(room: Room) -> None:
    ticket = room.ticket()
    done(room.call(room.desk.agent))

    attended = done(room.attend(room.desk.agent, ticket.reference))

    case = case_file(actor=room.desk.agent.actor, number=attended.case_number)
    assert case.published.code == "IN-DX-EXP-001"
    assert (case.state.subject, case.state.channel) == ("Consultar sobre exportación", "desk")
    assert {task.assignee for task in case.tasks} == {room.desk.agent.email}
    found = tickets_of_case(room.desk.agent.actor, case.reference)
    assert [one.label for one in found] == ["A-001"]


def test_a_service_that_opens_nothing_it_is_attended_without_a_case(room: Room) -> None:
    ticket = room.ticket(service="visita")
    done(room.call(room.desk.agent))

    assert done(room.attend(room.desk.agent, ticket.reference)).case is None


def test_who_did_not_come_it_is_called_again_then_absent_and_keeps_the_place(room: Room) -> None:
    first, _ = room.ticket(at=0), room.ticket(at=1)
    agent = room.desk.agent
    done(room.call(agent))
    done(call_again(actor=agent.actor, now=minutes(32), ticket=first.reference))
    shown = last_calls(agent.actor, room.hall, minutes(32))[0]
    done(no_show(actor=agent.actor, now=minutes(33), ticket=first.reference))
    missing = [one.label for one in absent(agent.actor, room.hall, minutes(33))]

    done(put_back(actor=agent.actor, now=minutes(40), ticket=first.reference))
    next_one = done(room.call(agent, at=41))

    assert (shown.label, shown.calls, shown.called_at) == ("A-001", 2, minutes(32))
    assert missing == ["A-001"]
    assert next_one.reference == first.reference


def test_sending_on_it_keeps_the_turn_in_the_other_line(room: Room) -> None:
    early = room.ticket(at=0)
    room.ticket(at=5, service="entrevista")
    done(room.call(room.desk.agent, at=10))
    done(room.attend(room.desk.agent, early.reference, at=11))

    moved = done(
        send_on(
            actor=room.desk.agent.actor,
            now=minutes(15),
            ticket=early.reference,
            service="entrevista",
        )
    )
    called = done(room.call(room.desk.specialist, at=20))
    attended = done(room.attend(room.desk.specialist, early.reference, at=21))

    assert moved.label == "A-001"
    assert called.reference == early.reference
    assert attended.case == moved.case


def test_what_a_colleague_holds_it_is_left_alone(room: Room) -> None:
    ticket = room.ticket()
    done(room.call(room.desk.agent))

    theirs = refused(room.attend(room.desk.colleague, ticket.reference))
    sent = refused(
        send_on(
            actor=room.desk.colleague.actor,
            now=minutes(31),
            ticket=ticket.reference,
            service="visita",
        )
    )

    assert (theirs.because, theirs.who) == (Because.NOT_YOURS, "Ana Ríos")
    assert sent.because is Because.NOT_YOURS


def test_the_same_deed_twice_it_changes_nothing_the_second_time(room: Room) -> None:
    ticket = room.ticket()
    agent = room.desk.agent
    done(room.call(agent))
    done(room.attend(agent, ticket.reference))
    done(finish(actor=agent.actor, now=minutes(40), ticket=ticket.reference))

    again = refused(finish(actor=agent.actor, now=minutes(41), ticket=ticket.reference))

    assert again.because is Because.MOVED_ON
    assert ticket_row(agent.actor, ticket.reference).status == TicketStatus.DONE


def test_its_intervals_follow_one_another_and_add_up_to_the_whole(room: Room) -> None:
    ticket, agent = room.ticket(), room.desk.agent
    done(room.call(agent, at=12))
    done(room.attend(agent, ticket.reference, at=13))
    done(finish(actor=agent.actor, now=minutes(33), ticket=ticket.reference))

    stretches = ticket_file(agent.actor, ticket.reference).stretches

    assert [one.kind for one in stretches] == list(StretchKind)
    assert [one.ended_at for one in stretches[:-1]] == [one.began_at for one in stretches[1:]]
    lengths = [one.ended_at - one.began_at for one in stretches if one.ended_at]
    assert lengths == [timedelta(minutes=12), timedelta(minutes=1), timedelta(minutes=20)]
    assert stretches[-1].case_number


@pytest.mark.covers("ID-55")
def test_the_times_of_a_line_they_tell_waiting_attention_and_who_did_not_come(room: Room) -> None:
    agent = room.desk.agent
    for came, called, took in ((0, 10, 5), (1, 31, 15), (2, 52, 10)):
        ticket = room.ticket(at=came)
        done(room.call(agent, at=called))
        done(room.attend(agent, ticket.reference, at=called))
        done(finish(actor=agent.actor, now=minutes(called + took), ticket=ticket.reference))
    gone = room.ticket(at=3)
    done(room.call(agent, at=70))
    done(no_show(actor=agent.actor, now=minutes(72), ticket=gone.reference))
    room.ticket(at=60)

    told = {
        one.queue: one
        for one in times(agent.actor, room.hall, minutes(80), MONDAY, MONDAY + timedelta(days=1))
    }["orientacion"]

    assert (told.attended, told.no_shows, told.waiting) == (3, 1, 1)
    assert told.wait_median == timedelta(minutes=30)
    assert told.wait_most == timedelta(minutes=67)
    assert told.attention_median == timedelta(minutes=10)
    assert told.longest_wait == timedelta(minutes=20)


def test_an_appointment_it_stands_in_the_same_line_with_its_head_start(room: Room) -> None:
    agent = room.desk.agent.actor
    wish = Wish(office="lima", service="consulta", name="Rosa Quispe", key="cita:1")
    booked = done(expect(actor=agent, now=MONDAY, wish=wish, at=minutes(60)))
    moved = done(expect(actor=agent, now=MONDAY, wish=wish, at=minutes(40)))
    before, after = room.ticket(at=5), room.ticket(at=15)

    came = done(arrive(actor=agent, now=minutes(30), ticket=booked.reference))
    order = [one.reference for one in line(agent, room.hall, minutes(30))]

    assert moved.reference == booked.reference
    assert came.label == "A-003"
    assert order == [before.reference, came.reference, after.reference]
    again = refused(arrive(actor=agent, now=minutes(31), ticket=booked.reference))
    assert again.because is Because.MOVED_ON


def test_who_leaves_it_is_called_no_more(room: Room) -> None:
    ticket = room.ticket()
    done(withdraw(actor=room.desk.agent.actor, now=minutes(1), ticket=ticket.reference))

    assert refused(room.call(room.desk.agent)).because is Because.NOBODY_WAITS


def test_a_ticket_of_the_neighbours_it_does_not_exist(room: Room, neighbour: Room) -> None:
    theirs = neighbour.ticket()

    with pytest.raises(TicketNotFound):
        room.attend(room.desk.agent, theirs.reference)
    assert refused(room.call(room.desk.agent)).because is Because.NOBODY_WAITS


def test_forgetting_a_person_it_leaves_the_times_and_no_name(room: Room) -> None:
    party = known_person(room.desk, MONDAY)
    wish = Wish(office="lima", service="consulta", name="Rosa Quispe", party=party)
    ticket = done(give_ticket(actor=room.desk.system, now=MONDAY, wish=wish))

    erased = erase_reception_of(actor=room.desk.system, party=party, now=minutes(1))

    assert erased == 1
    assert ticket_row(room.desk.system, ticket.reference).name == ""
    assert ticket_row(room.desk.system, ticket.reference).label == "A-001"
