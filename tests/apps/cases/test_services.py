"""The services: one command, one transaction; one wins, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from tests.apps.cases.conftest import ADDRESS, MONDAY, PROCEDURE, Desk, accepted, contact_data
from ventanilla.cases.models import Case, Effect, Interaction, NumberBook, Task
from ventanilla.cases.outcomes import CaseNotFound, Moved, NotMoved, Outcome
from ventanilla.cases.selectors import case_file, worklist
from ventanilla.cases.services import (
    Opening,
    assign,
    complete_task,
    note,
    open_case,
    record_delivery,
    tick_next,
)
from ventanilla.core.engine.commands import RefusalCode, Wording
from ventanilla.core.engine.facts import Delivery
from ventanilla.identity.actor import Actor
from ventanilla.parties.selectors import party_with_identifier


def test_it_opens_a_case_with_its_folio_task_and_clock(desk: Desk) -> None:
    case = desk.enquiry()

    found = case_file(actor=desk.paola, number=case.number)
    assert case.number == "2026-000001"
    assert [task.key for task in found.tasks] == ["solicitar_datos#1"]
    assert [(clock.name, clock.due_at) for clock in found.clocks] == [
        ("datos", MONDAY + timedelta(hours=24))
    ]
    assert [contact.text for contact in found.contacts] == ["Quiero exportar quinua a Chile."]


def test_it_shows_the_new_task_first_on_the_worklist_of_who_may_take_it(desk: Desk) -> None:
    late = desk.enquiry(MONDAY)
    soon = desk.enquiry(MONDAY - timedelta(hours=3))

    lines, more = worklist(actor=desk.paola)

    assert [line.case_number for line in lines] == [soon.number, late.number]
    assert not more


def test_it_writes_the_message_with_the_facts_and_leaves_it_to_the_outbox(desk: Desk) -> None:
    case = desk.enquiry()

    accepted(desk.ask_for_data(case))

    effect = Effect.objects.within(desk.organization_id).select_related("interaction").get()
    assert (effect.key, effect.status, effect.medium) == ("solicitud_datos#1", "ready", "email")
    assert effect.interaction.address == ADDRESS
    assert "N.º de documento" in effect.interaction.text


def test_it_sends_the_words_the_person_chose(desk: Desk) -> None:
    case = desk.enquiry()

    complete_task(
        actor=desk.paola,
        now=MONDAY,
        case=case.reference,
        task="solicitar_datos#1",
        values={},
        wording=Wording(subject="Sus datos", body="Por favor, envíenos sus datos."),
    )

    sent = Interaction.objects.within(desk.organization_id).get(direction="out")
    assert (sent.subject, sent.text) == ("Sus datos", "Por favor, envíenos sus datos.")


def test_it_registers_the_person_and_links_the_case(desk: Desk) -> None:
    case = desk.registered()

    found = case_file(actor=desk.paola, number=case.number)
    assert found.party is not None
    assert found.party == party_with_identifier(desk.organization_id, "pe.dni", "45678912")
    assert found.state.party is not None
    assert found.state.party.lifecycle == "registrado"


def test_it_links_whoever_the_typed_identifier_names_instead_of_making_a_double(
    desk: Desk,
) -> None:
    known = case_file(actor=desk.paola, number=desk.registered().number).party

    again = case_file(actor=desk.paola, number=desk.registered().number).party

    assert again == known


def test_it_tells_the_second_agent_who_was_first(desk: Desk) -> None:
    case = desk.enquiry()
    accepted(desk.ask_for_data(case, desk.paola))

    outcome = desk.ask_for_data(case, desk.oscar)

    assert isinstance(outcome, NotMoved)
    assert outcome.refusal.code is RefusalCode.TASK_GONE
    assert outcome.done_by == "Paola De Prueba"
    assert outcome.done_at == MONDAY + timedelta(minutes=5)


def test_it_lets_one_of_two_agents_through_at_the_same_moment(desk_for_threads: Desk) -> None:
    desk = desk_for_threads
    case = desk.enquiry()
    together = Barrier(2)

    def press(actor: Actor) -> Outcome:
        try:
            together.wait(timeout=10)
            return desk.ask_for_data(case, actor)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(press, [desk.paola, desk.oscar]))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Moved", "NotMoved"]
    assert Effect.objects.within(desk.organization_id).count() == 1


def test_it_gives_numbers_without_gap_or_repeat_to_many_at_once(desk_for_threads: Desk) -> None:
    desk = desk_for_threads

    def open_one(_: int) -> str:
        try:
            return desk.enquiry().number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(pool.map(open_one, range(24)))

    assert numbers == [f"2026-{number:06d}" for number in range(1, 25)]


def test_it_spends_no_number_on_a_refused_opening(desk: Desk) -> None:
    outcome = open_case(
        actor=desk.system,
        now=MONDAY,
        opening=Opening(
            procedure=PROCEDURE,
            channel="email",
            office="lima",
            happened_at=MONDAY + timedelta(hours=1),
        ),
    )

    assert isinstance(outcome, NotMoved)
    assert outcome.refusal.code is RefusalCode.IN_THE_FUTURE
    assert not NumberBook.objects.within(desk.organization_id).exists()
    assert not Case.objects.within(desk.organization_id).exists()


def test_it_refuses_who_does_not_hold_the_role_and_changes_nothing(desk: Desk) -> None:
    case = desk.enquiry()
    stranger = Actor(
        kind=desk.paola.kind,
        organization_id=desk.organization_id,
        name="Sin Función",
        user_id=desk.oscar.user_id,
        email=desk.oscar.email,
    )

    outcome = desk.ask_for_data(case, stranger)

    assert isinstance(outcome, NotMoved)
    assert outcome.refusal.code is RefusalCode.NOT_YOURS
    assert Task.objects.within(desk.organization_id).get().status == "open"


def test_it_does_not_find_another_organisations_case(
    desk: Desk, other_desk: Callable[[], Desk]
) -> None:
    theirs = other_desk().enquiry()

    with pytest.raises(CaseNotFound):
        case_file(actor=desk.paola, number="2026-999999")
    with pytest.raises(CaseNotFound):
        note(actor=desk.paola, now=MONDAY, case=theirs.reference, text="Hola")


def test_it_gives_a_task_to_a_person_and_back(desk: Desk) -> None:
    case = desk.enquiry()

    accepted(
        assign(
            actor=desk.paola,
            now=MONDAY,
            case=case.reference,
            task="solicitar_datos#1",
            assignee=desk.paola.email,
        )
    )

    mine, _ = worklist(actor=desk.paola, whose="mine")
    free, _ = worklist(actor=desk.oscar, whose="free")
    assert [line.case_number for line in mine] == [case.number]
    assert free == ()


@pytest.mark.covers("PE-65")
def test_it_marks_the_data_request_late_when_nobody_asked_in_24_hours(desk: Desk) -> None:
    case = desk.enquiry()

    while tick_next(now=MONDAY + timedelta(hours=25)):
        pass

    clocks = case_file(actor=desk.paola, number=case.number).clocks
    assert [(clock.name, clock.status) for clock in clocks] == [("datos", "late")]
    assert not tick_next(now=MONDAY + timedelta(hours=25))


def test_it_records_what_became_of_a_message(desk: Desk) -> None:
    case = desk.enquiry()
    accepted(desk.ask_for_data(case))

    accepted(
        record_delivery(
            actor=desk.system,
            now=MONDAY + timedelta(minutes=6),
            case=case.reference,
            key="solicitud_datos#1",
            delivery=Delivery.BOUNCED,
            detail="550 no such mailbox",
        )
    )

    contacts = case_file(actor=desk.paola, number=case.number).contacts
    assert [contact.delivery for contact in contacts] == ["", "bounced"]


def test_it_opens_and_steps_in_a_fixed_number_of_statements(
    desk: Desk, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = desk.enquiry()
    accepted(desk.ask_for_data(case))
    later = MONDAY + timedelta(hours=2)

    with django_assert_max_num_queries(12):
        other = open_case(
            actor=desk.system,
            now=later,
            opening=Opening(procedure=PROCEDURE, channel="phone", office="lima", happened_at=later),
        )
    assert isinstance(other, Moved)
    with django_assert_max_num_queries(11):
        accepted(note(actor=desk.paola, now=later, case=case.reference, text="Llamó."))


def test_it_shows_the_values_that_were_typed(desk: Desk) -> None:
    case = desk.registered()

    fields = case_file(actor=desk.paola, number=case.number).state.fields
    assert {name: fields[name] for name in contact_data()} == contact_data()
