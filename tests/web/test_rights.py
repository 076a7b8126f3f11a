"""Rights are asked for at every use, files stay at home, and nobody's data leak by the way."""

import logging
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.support.desks import ADDRESS, Desk, case_by_mail, receive
from tests.web.conftest import signed_in
from ventanilla.cases.models import Attachment, JournalEntry
from ventanilla.cases.selectors import case_file
from ventanilla.identity.services import deactivate_user, revoke_role

CANARY = "Canarina Xyzzy"
CANARY_ADDRESS = "canarina@xyzzy.example"
HOSTILE_NAME = b"filename*=utf-8''a%22%0D%0ASet-Cookie%3A%20x=1%3B.html"


def _with_file(desk: Desk) -> str:
    """The address of a file that came with a mail."""
    message = EmailMessage()
    message["From"] = f"{CANARY} <{CANARY_ADDRESS}>"
    message["To"] = ADDRESS
    message["Subject"] = f"{CANARY} pregunta"
    message["Message-ID"] = "<archivo@xyzzy.example>"
    message.set_content(f"Soy {CANARY}.")
    message.add_attachment(
        b"<html><script>alert(1)</script>",
        maintype="text",
        subtype="html",
        filename="nombre.html",
    )
    raw = message.as_bytes().replace(b'filename="nombre.html"', HOSTILE_NAME)
    assert HOSTILE_NAME in raw
    assert receive(desk, raw, datetime.now(UTC)).number
    file = Attachment.objects.within(desk.organization_id).get()
    return reverse("desk:file", args=(file.reference,))


def test_file_it_is_missing_for_the_neighbours(desk: Desk, neighbour: Desk) -> None:
    address = _with_file(neighbour)

    assert signed_in(desk.agent).get(address).status_code == 404


def test_file_it_is_a_download_that_nothing_may_run(desk: Desk, agent: Client) -> None:
    answer = agent.get(_with_file(desk))

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.cookies.get("x") is None


def test_role_it_counts_no_more_from_the_moment_it_is_taken_away(desk: Desk, agent: Client) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    task = case_file(actor=desk.agent.actor, number=number).tasks[0]
    address = f"/casos/{number}/?tarea={task.key.replace('#', '%23')}"
    before = JournalEntry.objects.within(desk.organization_id).count()
    assert agent.get(address).status_code == 200

    revoke_role(
        actor=desk.system,
        now=datetime.now(UTC),
        user_id=desk.agent.id,
        role="orientador",
        office="lima",
    )

    assert agent.post(address, {}).status_code == 403
    assert JournalEntry.objects.within(desk.organization_id).count() == before


def test_account_it_opens_nothing_from_the_moment_it_is_closed(desk: Desk, agent: Client) -> None:
    number = case_by_mail(desk, datetime.now(UTC))
    assert agent.get(f"/casos/{number}/").status_code == 200

    deactivate_user(actor=desk.system, user_id=desk.agent.id)

    assert agent.get(f"/casos/{number}/").status_code == 302
    assert agent.post(f"/casos/{number}/nota/", {"text": "Sigo aquí"}).status_code == 401


def test_addresses_it_serves_only_what_production_needs() -> None:
    assert not settings.ENVIRONMENT.demo

    places = {str(one.pattern).partition("/")[0] for one in _addresses(get_resolver())}

    assert places == {
        "",
        "<slug:slug>",
        "acento",
        "apariencia",
        "archivos",
        "atajos",
        "bandeja",
        "buzon",
        "casos",
        "central",
        "clientes",
        "contactos",
        "entrar",
        "envios",
        "kiosco",
        "pantalla",
        "perfil",
        "procedimientos",
        "recepcion",
        "sala",
        "salir",
        "telefono",
    }


def _addresses(resolver: URLResolver) -> list[URLPattern]:
    found = []
    for one in resolver.url_patterns:
        found += _addresses(one) if isinstance(one, URLResolver) else [one]
    return found


def test_person_it_never_stands_in_the_log_or_in_an_address(
    desk: Desk, agent: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="ventanilla")
    caplog.set_level(logging.INFO)
    _with_file(desk)
    entry = JournalEntry.objects.within(desk.organization_id).select_related("case").first()
    assert entry is not None
    number = entry.case.number
    placed = agent.post(f"/casos/{number}/nota/", {"text": CANARY})
    receive(desk, b"\xff\xfe " + CANARY_ADDRESS.encode(), datetime.now(UTC))
    agent.get("/casos/2026-999999/")

    page = agent.get(f"/casos/{number}/").content.decode()

    addresses = "".join(part for part in page.split('"') if part.startswith("/"))
    told = caplog.text + placed.headers["Location"] + addresses
    assert CANARY in page
    assert [word for word in ("anarina", "xyzzy") if word in told.casefold()] == []
