"""The door for telephone systems, and the pages where calls are answered and given back."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.desks import Desk, call_of, known_person, ring
from tests.web.conftest import signed_in
from ventanilla.cases.selectors import case_file
from ventanilla.identity.devices import add_device, device_key
from ventanilla.identity.models import DeviceKind
from ventanilla.telephone.course import Happening
from ventanilla.telephone.models import Call, CallEvent
from ventanilla.telephone.selectors import call_row, owed, ringing
from ventanilla.telephone.signing import sign


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def system(desk: Desk) -> UUID:
    return add_device(
        actor=desk.system, now=now(), kind=DeviceKind.TELEPHONE, office="lima", title="Central"
    )


def body(event: str = "ringing", /, **more: Any) -> bytes:
    told = {
        "id": f"e-{event}",
        "call": "c-1",
        "event": event,
        "at": now().isoformat(),
        "from": "+51987654321",
        "to": "+5115550100",
        **more,
    }
    return json.dumps(told).encode()


def tell(system: UUID, raw: bytes, header: str | None = None, key: str = "") -> tuple[int, Any]:
    signature = sign(raw, key or device_key(system), now()) if header is None else header
    answer = Client(enforce_csrf_checks=True).post(
        reverse("machines:telephone", args=(system,)),
        raw,
        content_type="application/json",
        headers={"Ventanilla-Signature": signature},
    )
    return answer.status_code, answer.json()


@pytest.mark.covers("VD-10", "VD-11")
def test_a_signed_event_it_rings_on_the_agents_screen(desk: Desk, system: UUID) -> None:
    status, answer = tell(system, body(option="1"))
    bell = signed_in(desk.agent).get(reverse("desk:bell")).content.decode()

    assert (status, answer["standing"], answer["is_new"]) == (202, "ringing", True)
    assert "987 654 321" in bell
    assert "opción 1" in bell
    assert reverse("desk:answer", args=(answer["call"],)) in bell


def test_the_same_event_again_it_is_known_and_another_of_its_name_refused(
    desk: Desk, system: UUID
) -> None:
    raw = body()

    answers = [tell(system, raw)[0], tell(system, raw)[0], tell(system, body(option="9"))[0]]

    assert answers == [202, 200, 409]
    assert CallEvent.objects.within(desk.organization_id).count() == 1


def test_an_event_that_proves_nothing_it_is_refused_before_it_is_read(
    desk: Desk, system: UUID
) -> None:
    raw = body()
    key = device_key(system)
    old = sign(raw, key, now() - timedelta(minutes=6))
    soon = sign(raw, key, now() + timedelta(minutes=6))
    of_another_body = sign(body("lost"), key, now())
    headers = ["", "nonsense", "t=,v1=", "t=12,v1=ñ", of_another_body, old, soon]

    answers = [tell(system, b"not json" if not header else raw, header) for header in headers]
    wrong_key = tell(system, raw, key="0" * 32)
    nobody = tell(uuid4(), raw)

    codes = [answer["code"] for _, answer in answers]
    assert [status for status, _ in answers] == [401] * len(headers)
    assert codes[:3] == ["signature_missing"] * 3
    assert codes[3:5] == ["signature_wrong"] * 2
    assert codes[5:] == ["signature_stale"] * 2
    assert (wrong_key[0], nobody[0]) == (401, 404)
    assert Call.objects.within(desk.organization_id).count() == 0


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"{", "not_json"),
        (b"[" * 3000, "not_json"),
        (b"[]", "not_an_object"),
        (body("exploded"), "unknown_event"),
        (body(call=""), "missing"),
        (body(at="2026-11-23T09:00:00"), "bad_time"),
        (body(at="1999-01-01T00:00:00+00:00"), "bad_time"),
        (body("ringing", **{"from": 7}), "bad_text"),
        (body(option="\0"), "bad_text"),
        (body(id="x" * 121), "bad_text"),
    ],
)
def test_a_signed_body_that_is_no_event_it_is_told_why(
    desk: Desk, system: UUID, raw: bytes, code: str
) -> None:
    status, answer = tell(system, raw)

    assert (status, answer["code"]) == (400, code)


def test_a_body_too_large_it_is_not_read(desk: Desk, system: UUID) -> None:
    assert tell(system, b"x" * 20_000)[0] == 413


def test_a_hang_up_that_overtakes_the_ringing_it_is_a_lost_call_all_the_same(
    desk: Desk, system: UUID
) -> None:
    start = now() - timedelta(seconds=3)
    tell(system, body("hung_up"))
    tell(system, body("ringing", at=start.isoformat()))

    assert ringing(desk.agent.actor, now()) == ()
    assert [one.number for one in owed(desk.agent.actor)] == ["+51987654321"]


@pytest.mark.covers("VD-10", "PE-45")
def test_answering_it_opens_a_contact_that_knows_the_number_the_person_and_the_clock(
    desk: Desk,
) -> None:
    party = known_person(desk, now())
    start = now() - timedelta(seconds=90)
    call = ring(desk, start, Happening.ANSWERED, agent=desk.agent.email)
    client = signed_in(desk.agent)

    to_contact = client.get(reverse("desk:answer", args=(call,)))
    page = client.get(to_contact.headers["Location"])
    shown = page.content.decode()
    opened = client.post(
        to_contact.headers["Location"],
        {
            "channel": "phone",
            "office": "lima",
            "procedure": "IN-DX-EXP-001",
            "subject": "Palta a Corea",
            "party": str(party),
            "began_at": start.isoformat(),
            "nonce": str(uuid4()),
            "call": str(call),
            "deed": "open",
        },
    )
    number = opened.headers["Location"].split("/")[2]
    case = case_file(actor=desk.agent.actor, number=number)

    assert "Rosa Quispe" in shown
    assert str(call) in shown
    assert case.state.opened_at == start
    assert call_row(desk.agent.actor, call).case_number == number
    assert Call.objects.within(desk.organization_id).count() == 1
    assert "Dejar en espera" in client.get(opened.headers["Location"]).content.decode()


def test_a_call_taken_without_a_system_it_is_in_the_log(desk: Desk) -> None:
    client = signed_in(desk.agent)
    client.post(
        reverse("desk:new_contact"),
        {
            "channel": "phone",
            "office": "lima",
            "procedure": "IN-DX-EXP-001",
            "subject": "Quinua",
            "ficha-phone": "987654321",
            "nonce": str(uuid4()),
            "deed": "open",
        },
    )

    page = client.get(reverse("desk:telephone")).content.decode()

    assert "987 654 321" in page
    assert "Terminó la llamada" in page


def test_the_pop_up_it_finds_the_call_or_begins_with_the_number(desk: Desk, system: UUID) -> None:
    call = tell(system, body())[1]["call"]
    client = signed_in(desk.agent)
    address = reverse("desk:pop_up")

    known = client.get(address, {"llamada": "c-1"}).headers["Location"]
    other = client.get(address, {"llamada": "zz", "numero": "+51987654321"}).headers["Location"]

    assert known.endswith(f"llamada={call}")
    assert "numero=%2B51987654321" in other
    assert client.get(other).status_code == 200


def test_hold_and_hanging_up_they_are_buttons(desk: Desk) -> None:
    call = ring(desk, now() - timedelta(seconds=20), Happening.ANSWERED, agent=desk.agent.email)
    client = signed_in(desk.agent)

    for deed in ("en-espera", "retomar", "colgar", "colgar"):
        client.post(reverse("desk:call_act", args=(call, deed)))

    assert not call_row(desk.agent.actor, call).is_open
    page = client.get(reverse("desk:telephone")).content.decode()
    assert "Eso ya estaba hecho" in page


@pytest.mark.covers("VD-12", "PE-49")
def test_a_call_back_it_is_tried_and_then_leads_to_the_contact(desk: Desk) -> None:
    _, back = call_of(desk, now())
    client = signed_in(desk.agent)
    address = reverse("desk:call_back", args=(back,))

    nothing = client.post(address, {})
    client.post(address, {"outcome": "no_answer", "text": "Suena y suena"})
    page = client.get(address).content.decode()
    early = client.post(reverse("desk:call_back_abandon", args=(back,)), follow=True)
    reached = client.post(address, {"outcome": "reached"})

    assert nothing.status_code == 422
    assert "Suena y suena" in page
    assert "inténtelo 2 veces más" in early.content.decode()
    assert "numero=%2B51987654321" in reached.headers["Location"]


def test_the_pages_they_ask_the_database_as_often_for_many_as_for_one(desk: Desk) -> None:
    client = signed_in(desk.agent)

    def statements(name: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse(f"desk:{name}")).status_code == 200
        return len(seen)

    ring(desk, now())
    call_of(desk, now())
    few = {name: statements(name) for name in ("telephone", "bell") for _ in range(2)}
    for number in range(8):
        ring(desk, now(), call=f"r{number}")
        ring(desk, now(), Happening.LOST, call=f"l{number}", caller=f"+5198765430{number}")

    assert {name: statements(name) for name in few} == few
    assert few["telephone"] <= 10
    assert few["bell"] <= 6


def test_the_bell_it_says_nothing_to_nobody_and_sends_nobody_away(db: None) -> None:
    assert Client().get(reverse("desk:bell")).status_code == 204
