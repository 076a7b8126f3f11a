"""Every address of the desk: nobody without signing in, nobody else's things, nothing kept."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from tests.support.desks import (
    Desk,
    call_of,
    case_at_desk,
    case_by_mail,
    known_person,
    mail,
    receive,
    turn_of,
    visit_of,
)
from tests.web.conftest import signed_in
from ventanilla.cases.selectors import case_file
from ventanilla.desk.urls import urlpatterns

OPEN_DOORS = {"home", "sign_in", "sign_out", "bell"}
"""Addresses that need nobody signed in: the door itself, and the way to it."""

SAMPLES: dict[str, object] = {
    "number": "2026-000001",
    "name": "pedir_datos",
    "action": "anotar",
    "reference": uuid4(),
    "position": 0,
    "key": 1,
    "code": "IN-DX-EXP-001",
    "deed": "atender",
}


def _doors() -> list[tuple[str, dict[str, object]]]:
    found = []
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        if pattern.name not in OPEN_DOORS:
            arguments = {name: SAMPLES[name] for name in pattern.pattern.converters}
            found.append((str(pattern.name), arguments))
    return found


def _ask(client: Client, name: str, arguments: dict[str, object]) -> tuple[int, str, str]:
    """The status, place and caching of the answer, by the method that the door takes."""
    address = reverse(f"desk:{name}", kwargs=arguments)
    answer = client.get(address)
    if answer.status_code == 405:
        answer = client.post(address)
    kept = answer.headers.get("Cache-Control", "")
    return answer.status_code, answer.headers.get("Location", ""), kept


@pytest.mark.parametrize(("name", "arguments"), _doors(), ids=[name for name, _ in _doors()])
def test_door_it_sends_nobody_in_without_signing_in(
    db: None, name: str, arguments: dict[str, object]
) -> None:
    status, place, kept = _ask(Client(), name, arguments)

    assert status == 302
    assert place.startswith("/entrar/")
    assert "no-store" in kept


def test_door_it_shows_the_neighbours_things_as_missing(desk: Desk, neighbour: Desk) -> None:
    now = datetime.now(UTC)
    number = case_by_mail(neighbour, now)
    case = case_file(actor=neighbour.agent.actor, number=number)
    case_at_desk(neighbour, now)
    party = known_person(neighbour, now)
    lost = receive(neighbour, b"\xff\xfe nothing readable", now)
    clock = case.clocks[0].name
    turn, visit = turn_of(neighbour, now), visit_of(neighbour, now)
    call, back = call_of(neighbour, now)
    message = case.contacts[0].reference
    theirs: list[tuple[str, dict[str, object]]] = [
        ("case", {"number": number}),
        ("deadline", {"number": number, "name": clock}),
        ("act", {"number": number, "action": "datos_ya_obtenidos"}),
        ("checklist", {"number": number, "name": "papeles"}),
        ("meet", {"number": number, "name": "cita"}),
        ("appointment_file", {"number": number, "name": "cita"}),
        ("opt_out", {"number": number, "name": "aviso"}),
        ("note", {"number": number}),
        ("cancel", {"number": number}),
        ("reopen", {"number": number}),
        ("link_party", {"number": number}),
        ("case_html", {"number": number, "reference": message}),
        ("party", {"reference": party}),
        ("entrust", {"reference": party}),
        ("agree", {"reference": party, "name": "revision"}),
        ("end_agreement", {"reference": party, "key": 1}),
        ("absence_back", {"key": 1}),
        ("inbox_message", {"reference": lost.reference}),
        ("inbox_link", {"reference": lost.reference}),
        ("inbox_open", {"reference": lost.reference}),
        ("inbox_discard", {"reference": lost.reference}),
        ("inbox_html", {"reference": lost.reference}),
        ("raw", {"reference": lost.reference}),
        ("ticket", {"reference": turn}),
        ("hall_act", {"reference": turn, "deed": "atender"}),
        ("hall_send", {"reference": turn}),
        ("arrived", {"reference": turn}),
        ("returned", {"reference": visit}),
        ("answer", {"reference": call}),
        ("call_act", {"reference": call, "deed": "colgar"}),
        ("call_back", {"reference": back}),
        ("call_back_abandon", {"reference": back}),
    ]
    client = signed_in(desk.agent)

    answers = {name: _ask(client, name, arguments)[0] for name, arguments in theirs}

    assert answers == {name: 404 for name, _ in theirs}


def test_door_it_opens_the_same_things_to_their_own_people(neighbour: Desk) -> None:
    now = datetime.now(UTC)
    number = case_by_mail(neighbour, now)
    party = known_person(neighbour, now)
    lost = receive(neighbour, b"\xff\xfe nothing readable", now)
    client = signed_in(neighbour.agent)
    own: list[tuple[str, dict[str, object]]] = [
        ("worklist", {}),
        ("new_contact", {}),
        ("people", {}),
        ("profile", {}),
        ("absence", {}),
        ("keys", {}),
        ("case", {"number": number}),
        ("note", {"number": number}),
        ("cancel", {"number": number}),
        ("link_party", {"number": number}),
        ("party", {"reference": party}),
        ("parties", {}),
        ("inbox", {}),
        ("inbox_message", {"reference": lost.reference}),
        ("raw", {"reference": lost.reference}),
        ("outbox", {}),
        ("procedures", {}),
        ("hall", {}),
        ("reception", {}),
        ("visits", {}),
        ("figures", {}),
        ("machines", {}),
        ("telephone", {}),
        ("bell", {}),
        ("call_back", {"reference": call_of(neighbour, now)[1]}),
        ("ticket", {"reference": turn_of(neighbour, now)}),
        ("procedure", {"code": "IN-DX-EXP-001"}),
    ]

    answers = {name: _ask(client, name, arguments) for name, arguments in own}

    assert {name: answer[0] for name, answer in answers.items()} == {name: 200 for name, _ in own}
    assert all("no-store" in kept for _, _, kept in answers.values())


def test_claim_it_does_not_reach_the_neighbours_task(desk: Desk, neighbour: Desk) -> None:
    now = datetime.now(UTC)
    number = case_by_mail(neighbour, now)
    case = case_file(actor=neighbour.agent.actor, number=number)

    answer = signed_in(desk.agent).post(
        reverse("desk:claim"), {"case": str(case.reference), "task": case.tasks[0].key}
    )

    assert answer.status_code == 404
    assert case_file(actor=neighbour.agent.actor, number=number).tasks[0].assignee == ""


def test_message_it_is_shown_shut_in_and_without_what_runs(desk: Desk) -> None:
    html = "<p onclick='x()'>Hola<script>alert(1)</script><img src='https://evil.example/x'></p>"
    placement = receive(desk, mail(html=html), datetime.now(UTC))
    case = case_file(actor=desk.agent.actor, number=placement.number)
    address = reverse("desk:case_html", args=(case.number, case.contacts[0].reference))

    answer = signed_in(desk.agent).get(address)

    shown = answer.content.decode()
    assert "Hola" in shown
    assert "script" not in shown.replace("Content-Security", "")
    assert "onclick" not in shown
    assert "evil.example" not in shown
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")


def test_raw_message_it_is_a_download_whatever_it_is(desk: Desk) -> None:
    lost = receive(desk, b"<html><script>alert(1)</script>", datetime.now(UTC))

    answer = signed_in(desk.agent).get(reverse("desk:raw", args=(lost.reference,)))

    assert answer.content == b"<html><script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
