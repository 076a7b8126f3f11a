"""Somebody calls or comes: found, known again, or new; and the case opens on its first step."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.support.desks import PROCEDURE, Desk, case_at_desk, known_person
from ventanilla.cases.selectors import CaseFile, case_file

ADDRESS = "/contactos/nuevo/"
CALL = {
    "channel": "phone",
    "office": "lima",
    "procedure": PROCEDURE,
    "subject": "Exportar quinua a Canadá",
    "deed": "open",
}


def _opened(desk: Desk, place: str) -> CaseFile:
    return case_file(actor=desk.agent.actor, number=place.rstrip("/").rpartition("/")[2])


def _count(client: Client) -> int:
    return client.get("/bandeja/").content.decode().count("data-row-link")


@pytest.mark.covers("PE-14")
def test_contact_it_opens_a_call_on_its_first_step_for_whoever_answered(
    desk: Desk, agent: Client
) -> None:
    answer = agent.post(ADDRESS, CALL)

    case = _opened(desk, answer.headers["Location"])
    assert case.state.channel == "phone"
    assert [(task.step, task.assignee) for task in case.tasks][:1] == [
        ("saludar", desk.agent.email)
    ]


@pytest.mark.covers("PE-47")
def test_contact_it_counts_the_ten_minutes_from_when_the_form_was_opened(
    desk: Desk, agent: Client
) -> None:
    now = datetime.now(UTC)
    began_at = now - timedelta(minutes=3)

    answer = agent.post(ADDRESS, {**CALL, "began_at": began_at.isoformat()})

    case = _opened(desk, answer.headers["Location"])
    page = agent.get(answer.headers["Location"]).content.decode()
    limits = [clock.due_at for clock in case.clocks if clock.due_at]
    assert began_at + timedelta(minutes=10) in limits
    assert "de 10 minutos" in page
    assert 'data-clock-limit="600"' in page


def test_contact_it_offers_to_call_back_when_the_ten_minutes_are_over(
    desk: Desk, agent: Client
) -> None:
    place = agent.post(ADDRESS, CALL).headers["Location"]

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        page = agent.get(place).content.decode()

    over = page.index("data-clock-over")
    assert "hidden" not in page[over : over + 40]


@pytest.mark.parametrize("nonsense", ["", "ayer", "2020-01-01T00:00:00+00:00", "2099-01-01"])
def test_contact_it_begins_now_when_the_form_cannot_say_when(
    desk: Desk, agent: Client, nonsense: str
) -> None:
    before = datetime.now(UTC)

    answer = agent.post(ADDRESS, {**CALL, "began_at": nonsense})

    opened_at = _opened(desk, answer.headers["Location"]).state.opened_at
    assert opened_at is not None
    assert opened_at >= before


def test_contact_it_opens_for_somebody_known(desk: Desk, agent: Client) -> None:
    reference = known_person(desk, datetime.now(UTC))

    answer = agent.post(ADDRESS, {**CALL, "party": str(reference)})

    case = _opened(desk, answer.headers["Location"])
    assert case.party == reference
    assert case.party_name == "Rosa Quispe Huamán"


def test_contact_it_records_somebody_new_with_what_they_said(desk: Desk, agent: Client) -> None:
    answer = agent.post(
        ADDRESS,
        {**CALL, "ficha-name": "Jorge Mamani", "ficha-phone": "987 111 222", "party": ""},
    )

    case = _opened(desk, answer.headers["Location"])
    assert case.party_name == "Jorge Mamani"
    assert case.state.sender.phone == "987 111 222"


def test_contact_it_refuses_a_wrong_ruc_beside_its_field_and_opens_nothing(
    desk: Desk, agent: Client
) -> None:
    answer = agent.post(ADDRESS, {**CALL, "ficha-name": "Jorge Mamani", "ficha-ruc": "20100070971"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "La última cifra no corresponde a ese RUC" in page
    assert 'value="20100070971"' in page
    assert 'value="Jorge Mamani"' in page
    assert _count(agent) == 0


def test_contact_it_shows_who_looks_alike_before_recording_somebody_twice(
    desk: Desk, agent: Client
) -> None:
    known_person(desk, datetime.now(UTC))
    told = {**CALL, "ficha-name": "Rosa Quispe Huaman"}

    asked = agent.post(ADDRESS, told)
    insisted = agent.post(ADDRESS, {**told, "party": "new"})

    assert asked.status_code == 422
    assert "¿Es una de estas personas?" in asked.content.decode()
    assert insisted.status_code == 302


def test_contact_it_never_gives_one_number_to_two_people(desk: Desk, agent: Client) -> None:
    known_person(desk, datetime.now(UTC), ruc="20100070970")

    answer = agent.post(
        ADDRESS,
        {**CALL, "ficha-company": "Otra S.A.", "ficha-ruc": "20100070970", "party": "new"},
    )

    assert answer.status_code == 422
    assert "Rosa Quispe Huamán" in answer.content.decode()


def test_contact_it_needs_nothing_but_what_it_is_about(desk: Desk, agent: Client) -> None:
    answer = agent.post(ADDRESS, {**CALL, "subject": ""})

    assert answer.status_code == 422
    assert "aunque sea en tres palabras" in answer.content.decode()


def test_contact_it_searches_without_script_and_keeps_what_was_typed(
    desk: Desk, agent: Client
) -> None:
    known_person(desk, datetime.now(UTC))

    answer = agent.post(ADDRESS, {**CALL, "deed": "search", "q": "quispe"})

    page = answer.content.decode()
    assert "Rosa Quispe Huamán" in page
    assert 'value="Exportar quinua a Canadá"' in page


@pytest.mark.parametrize("typed", ["quispe rosa", "Kispe", "45678901", "20100070970", "987654321"])
def test_people_it_finds_by_name_number_or_telephone(desk: Desk, agent: Client, typed: str) -> None:
    known_person(desk, datetime.now(UTC))

    found = agent.get(reverse("desk:people"), {"q": typed}).content.decode()

    assert "Rosa Quispe Huamán" in found
    assert "DNI 45678901" in found


def test_people_it_finds_nobody_of_the_neighbours(
    desk: Desk, neighbour: Desk, agent: Client
) -> None:
    known_person(neighbour, datetime.now(UTC))

    found = agent.get(reverse("desk:people"), {"q": "45678901"}).content.decode()

    assert "Quispe" not in found


def test_link_it_joins_the_case_to_somebody_known(desk: Desk, agent: Client) -> None:
    now = datetime.now(UTC)
    number, reference = case_at_desk(desk, now), known_person(desk, now)

    agent.post(reverse("desk:link_party", args=(number,)), {"party": str(reference)})

    assert case_file(actor=desk.agent.actor, number=number).party == reference


def test_link_it_joins_the_case_to_somebody_new(desk: Desk, agent: Client) -> None:
    number = case_at_desk(desk, datetime.now(UTC))

    agent.post(
        reverse("desk:link_party", args=(number,)),
        {"deed": "create", "ficha-name": "Jorge Mamani", "ficha-phone": "987 654 321"},
    )

    assert case_file(actor=desk.agent.actor, number=number).party_name == "Jorge Mamani"


def test_link_it_never_takes_the_neighbours_person(
    desk: Desk, neighbour: Desk, agent: Client
) -> None:
    now = datetime.now(UTC)
    number, theirs = case_at_desk(desk, now), known_person(neighbour, now)

    answer = agent.post(reverse("desk:link_party", args=(number,)), {"party": str(theirs)})

    assert answer.status_code == 404
    assert case_file(actor=desk.agent.actor, number=number).party is None


def test_party_it_shows_what_is_known_and_the_cases(desk: Desk, agent: Client) -> None:
    now = datetime.now(UTC)
    reference = known_person(desk, now)
    place = agent.post(ADDRESS, {**CALL, "party": str(reference)}).headers["Location"]

    page = agent.get(reverse("desk:party", args=(reference,))).content.decode()

    assert "Agrovalle S.A.C." in page
    assert "20100070970" in page
    assert place in page


def test_contact_it_opens_one_case_however_often_its_form_is_sent(
    desk: Desk, agent: Client
) -> None:
    form = {**CALL, "nonce": "8b0a7a5e-4a2b-4c57-9a56-3f2f6d0f6f10"}

    places = {agent.post(ADDRESS, form).headers["Location"] for _ in range(3)}

    assert len(places) == 1
    assert _count(agent) == 1
