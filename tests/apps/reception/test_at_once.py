"""Counters that call at the same moment, on real threads: nobody is called by two."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

from tests.apps.reception.conftest import MONDAY, Room, minutes
from ventanilla.identity.selectors import actor_of_user
from ventanilla.identity.services import create_user, grant_role
from ventanilla.reception.calling import attend, call_next, sit
from ventanilla.reception.issuing import Wish, give_ticket
from ventanilla.reception.models import Ticket, TicketStatus
from ventanilla.reception.outcomes import Because, NotDone, TicketDone

Given = TypeVar("Given")
Got = TypeVar("Got")


def _together(do: Callable[[Given], Got], with_each: Iterable[Given]) -> list[Got]:
    given = list(with_each)
    barrier = Barrier(len(given))

    def one(what: Given) -> Got:
        try:
            barrier.wait(timeout=10)
            return do(what)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(one, given))


def _third(room: Room) -> int:
    system = room.desk.system
    user_id = create_user(
        actor=system,
        now=MONDAY,
        email="eva.tres@promperu.example",
        full_name="Eva Tres",
        password="cuatro-palabras-sin-relacion",
    )
    grant_role(actor=system, now=MONDAY, user_id=user_id, role="orientador", office="lima")
    return user_id


def test_three_counters_at_once_they_never_call_the_same_person(room_for_threads: Room) -> None:
    room = room_for_threads
    third = actor_of_user(_third(room))
    assert third is not None
    assert sit(actor=third, now=MONDAY, office="lima", counter="ventanilla_3") is None
    for number in range(12):
        room.ticket(at=number)
    people = [room.desk.agent.actor, room.desk.colleague.actor, third]

    called: list[str] = []
    for _ in range(4):
        deeds = _together(lambda actor: call_next(actor=actor, now=minutes(30)), people)
        assert all(isinstance(deed, TicketDone) for deed in deeds), deeds
        called += [deed.label for deed in deeds]
        for actor, deed in zip(people, deeds, strict=True):
            assert isinstance(deed, TicketDone)
            Ticket.objects.within(actor.organization_id).filter(reference=deed.reference).update(
                status=TicketStatus.DONE
            )

    assert Counter(called) == Counter({f"A-{number:03d}": 1 for number in range(1, 13)})


def test_a_double_click_it_calls_one_person(room_for_threads: Room) -> None:
    room = room_for_threads
    for number in range(4):
        room.ticket(at=number)

    deeds = _together(
        lambda actor: call_next(actor=actor, now=minutes(30)), [room.desk.agent.actor] * 3
    )

    assert sum(isinstance(deed, TicketDone) for deed in deeds) == 1
    assert {deed.because for deed in deeds if isinstance(deed, NotDone)} == {Because.IN_HAND}
    held = Ticket.objects.within(room.desk.organization_id).filter(status=TicketStatus.CALLED)
    assert held.count() == 1


def test_one_free_person_and_two_counters_one_of_them_finds_nobody(room_for_threads: Room) -> None:
    room = room_for_threads
    room.ticket()

    deeds = _together(
        lambda actor: call_next(actor=actor, now=minutes(30)),
        [room.desk.agent.actor, room.desk.colleague.actor],
    )

    assert sorted(type(deed).__name__ for deed in deeds) == ["NotDone", "TicketDone"]


def test_tickets_given_at_once_they_have_different_numbers(room_for_threads: Room) -> None:
    room = room_for_threads
    wish = Wish(office="lima", service="consulta")

    given = _together(
        lambda actor: give_ticket(actor=actor, now=MONDAY, wish=wish), [room.desk.system] * 6
    )

    assert {deed.label for deed in given} == {f"A-{number:03d}" for number in range(1, 7)}


def test_attending_twice_at_once_it_opens_one_case(room_for_threads: Room) -> None:
    room = room_for_threads
    ticket = room.ticket()
    agent = room.desk.agent.actor
    assert isinstance(call_next(actor=agent, now=minutes(30)), TicketDone)

    deeds = _together(
        lambda actor: attend(actor=actor, now=minutes(31), ticket=ticket.reference), [agent] * 2
    )

    assert sorted(type(deed).__name__ for deed in deeds) == ["NotDone", "TicketDone"]
