"""The pages of the waiting room: the counter, the reception, the kiosk and the wall panel."""

import re
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.desks import Desk, case_at_desk, turn_of, visit_of
from tests.web.conftest import signed_in
from ventanilla.identity.devices import add_device, device_key, retire_device
from ventanilla.identity.models import DeviceKind
from ventanilla.reception.calling import call_next, sit
from ventanilla.reception.models import Ticket


def now() -> datetime:
    return datetime.now(UTC)


def device(desk: Desk, kind: DeviceKind) -> tuple[UUID, str]:
    reference = add_device(
        actor=desk.system, now=now(), kind=kind, office="lima", title="De la entrada"
    )
    return reference, device_key(reference)


def seated(desk: Desk) -> Client:
    assert sit(actor=desk.agent.actor, now=now(), office="lima", counter="ventanilla_1") is None
    return signed_in(desk.agent)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.covers("ID-49")
def test_the_counter_it_calls_attends_and_leads_to_the_case(desk: Desk) -> None:
    turn_of(desk, now())
    client = signed_in(desk.agent)
    client.post(reverse("desk:hall_sit"), {"office": "lima", "counter": "ventanilla_1"})
    before = text_of(client, reverse("desk:hall"))

    client.post(reverse("desk:hall_call"))
    called = text_of(client, reverse("desk:hall"))
    ticket = Ticket.objects.within(desk.organization_id).get()
    answer = client.post(reverse("desk:hall_act", args=(ticket.reference, "atender")))
    case = text_of(client, answer.headers["Location"])

    assert "Sigue A-001" in before
    assert "Está aquí: atender" in called
    assert answer.headers["Location"].startswith("/casos/")
    assert "A-001" in case
    assert "Terminar y llamar al siguiente" in case


def test_finishing_and_calling_the_next_it_is_one_press(desk: Desk) -> None:
    first, second = turn_of(desk, now()), turn_of(desk, now())
    client = seated(desk)
    client.post(reverse("desk:hall_call"))
    client.post(reverse("desk:hall_act", args=(first, "atender")))

    client.post(reverse("desk:hall_call"), {"finished": str(first)})

    rows = Ticket.objects.within(desk.organization_id)
    assert dict(rows.values_list("reference", "status")) == {first: "done", second: "called"}


def test_what_cannot_be_done_it_is_said_in_words(desk: Desk) -> None:
    client = signed_in(desk.agent)

    client.post(reverse("desk:hall_call"))

    assert "Elija primero el puesto" in text_of(client, reverse("desk:hall"))


def test_the_room_it_answers_a_poll_only_when_something_changed(desk: Desk) -> None:
    turn_of(desk, now())
    client = seated(desk)
    first = client.get(reverse("desk:hall"))
    etag = {"If-None-Match": first.headers["ETag"], "HX-Target": "sala"}

    same = client.get(reverse("desk:hall"), headers=etag)
    turn_of(desk, now())
    other = client.get(reverse("desk:hall"), headers=etag)

    assert same.status_code == 304 or same.headers["ETag"] != first.headers["ETag"]
    assert other.status_code == 200
    assert "A-002" in other.content.decode()
    assert "<html" not in other.content.decode()


@pytest.mark.parametrize("name", ["hall", "reception", "visits", "figures"])
def test_a_page_it_asks_the_database_as_often_for_many_as_for_one(desk: Desk, name: str) -> None:
    client = seated(desk)
    visit_of(desk, now())

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            text_of(client, reverse(f"desk:{name}"))
        return len(seen)

    turn_of(desk, now())
    statements()
    few = statements()
    for _ in range(12):
        turn_of(desk, now())

    assert statements() == few
    assert few <= 12


def test_the_reception_it_gives_a_ticket_from_a_case_and_tells_where_to_wait(desk: Desk) -> None:
    number = case_at_desk(desk, now())
    client = signed_in(desk.agent)
    address = f"{reverse('desk:reception')}?caso={number}"

    answer = client.post(address, {"deed": "give", "service": "entrevista", "nonce": str(uuid4())})
    page = text_of(client, answer.headers["Location"])

    assert "E-001" in page
    assert "Segundo piso, sala 2" in page
    assert number in page
    assert "E-001" in text_of(client, reverse("desk:case", args=(number,)))


def test_the_reception_it_notes_an_appointment_and_the_arrival(desk: Desk) -> None:
    client = signed_in(desk.agent)
    client.post(
        reverse("desk:reception"),
        {"deed": "expect", "cita-service": "consulta", "cita-at": "23:59", "cita-name": "Rosa"},
    )
    expected = text_of(client, reverse("desk:reception"))
    ticket = Ticket.objects.within(desk.organization_id).get()

    client.post(reverse("desk:arrived", args=(ticket.reference,)))

    assert "23:59" in expected
    assert "A-001" in text_of(client, reverse("desk:hall"))


@pytest.mark.covers("ID-21")
def test_a_credential_it_is_given_once_and_refused_with_who_has_it(desk: Desk) -> None:
    client = signed_in(desk.agent)
    typed = {
        "name": "Rosa Quispe",
        "document_kind": "DNI",
        "document_number": "45678901",
        "is_document_kept": "on",
        "reason": "interview",
        "whom": "Cartera",
        "credential": "V-07",
    }

    given = client.post(reverse("desk:visits"), {**typed, "nonce": str(uuid4())})
    again = client.post(reverse("desk:visits"), {**typed, "nonce": str(uuid4())})

    assert given.status_code == 302
    assert again.status_code == 422
    assert "La credencial V-07 la tiene Rosa Quispe" in again.content.decode()
    assert 'value="45678901"' in again.content.decode()


@pytest.mark.covers("ID-47", "ID-48", "ID-49")
def test_the_kiosk_it_gives_one_ticket_for_a_form_and_explains_the_panel(desk: Desk) -> None:
    reference, key = device(desk, DeviceKind.KIOSK)
    client = Client()
    address = reverse("machines:kiosk", args=(reference, key))
    nonce = re.search(r'name="nonce" value="([^"]+)"', text_of(client, address))
    assert nonce is not None
    form = {"service": "consulta", "priority": "preferente", "nonce": nonce[1]}

    answers = [client.post(address, form) for _ in range(2)]
    page = text_of(client, answers[0].headers["Location"])

    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Ticket.objects.within(desk.organization_id).count() == 1
    for words in ("A-001", "Atención preferente", "a la derecha de la entrada", "la pantalla"):
        assert words in page


def test_a_machine_it_is_reached_by_its_whole_address_only(desk: Desk) -> None:
    reference, key = device(desk, DeviceKind.KIOSK)
    wrong = [(reference, "0" * 32), (uuid4(), key)]
    client = Client()

    refused = [client.get(reverse("machines:kiosk", args=one)).status_code for one in wrong]
    as_panel = client.get(reverse("machines:panel", args=(reference, key))).status_code
    retire_device(actor=desk.system, now=now(), reference=reference)
    retired = client.get(reverse("machines:kiosk", args=(reference, key))).status_code

    assert refused == [404, 404]
    assert (as_panel, retired) == (404, 404)


@pytest.mark.covers("ID-49")
def test_the_panel_it_shows_numbers_and_counters_and_nobodys_name(desk: Desk) -> None:
    reference, key = device(desk, DeviceKind.PANEL)
    address = reverse("machines:panel", args=(reference, key))
    client, agent = Client(), seated(desk)
    empty = client.get(address)
    agent.post(
        reverse("desk:reception"),
        {"deed": "give", "service": "consulta", "name": "Rosa Quispe", "nonce": str(uuid4())},
    )
    call_next(actor=desk.agent.actor, now=now())
    etag = {"If-None-Match": empty.headers["ETag"], "HX-Target": "llamados"}

    polled = client.get(address, headers=etag)
    quiet = client.get(
        address, headers={"If-None-Match": polled.headers["ETag"], "HX-Target": "llamados"}
    )

    shown = polled.content.decode()
    assert "Todavía no se ha llamado a nadie" in empty.content.decode()
    assert "A-001" in shown
    assert "Ventanilla 1" in shown
    assert "Rosa" not in shown
    assert 'data-spoken="A 1"' in shown
    assert quiet.status_code == 304


def test_the_panel_it_needs_four_statements_at_most(desk: Desk) -> None:
    reference, key = device(desk, DeviceKind.PANEL)
    address = reverse("machines:panel", args=(reference, key))
    client = Client()
    text_of(client, address)

    with CaptureQueriesContext(connection) as seen:
        text_of(client, address)

    assert len(seen) <= 4


def test_machines_it_is_for_administrators_to_add_and_retire(desk: Desk) -> None:
    client = signed_in(desk.agent)
    form = {"kind": "kiosk", "office": "lima", "title": "Entrada"}
    reference, _ = device(desk, DeviceKind.PANEL)

    added = client.post(reverse("desk:machines"), form)
    retired = client.post(reverse("desk:machine_retire", args=(reference,)))

    assert (added.status_code, retired.status_code) == (403, 403)
    assert "De la entrada" in text_of(client, reverse("desk:machines"))
