"""The post: what no rule could place a person decides; what did not leave is tried again."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.desks import ADDRESS, PROCEDURE, Desk, case_by_mail, mail, receive
from tests.web.conftest import signed_in
from ventanilla.cases.models import Effect, EffectStatus
from ventanilla.cases.selectors import case_file
from ventanilla.channels.services import Placement


def _lost(desk: Desk) -> Placement:
    """A mail that says it comes from ourselves: only a person can tell what it is."""
    placement = receive(desk, mail(sender=ADDRESS, subject="Soy yo", number=9), datetime.now(UTC))
    assert not placement.number
    return placement


def test_inbox_it_shows_what_waits_and_why(desk: Desk, agent: Client) -> None:
    lost = _lost(desk)

    rows = agent.get(reverse("desk:inbox")).content.decode()
    page = agent.get(reverse("desk:inbox_message", args=(lost.reference,))).content.decode()

    assert "Dice ser nuestro" in rows
    assert "Puede ser una imitación" in page
    assert "¿Qué requisitos hay" in page


def test_inbox_it_puts_a_message_into_its_case(desk: Desk, agent: Client) -> None:
    number, lost = case_by_mail(desk, datetime.now(UTC)), _lost(desk)

    answer = agent.post(
        reverse("desk:inbox_link", args=(lost.reference,)), {"number": f" {number} "}
    )

    assert answer.headers["Location"] == reverse("desk:case", args=(number,))
    contacts = case_file(actor=desk.agent.actor, number=number).contacts
    assert [contact.subject for contact in contacts] == ["Palta Hass a Corea", "Soy yo"]


def test_inbox_it_says_that_there_is_no_such_case(
    desk: Desk, neighbour: Desk, agent: Client
) -> None:
    theirs = case_by_mail(neighbour, datetime.now(UTC))
    lost = _lost(desk)

    answer = agent.post(reverse("desk:inbox_link", args=(lost.reference,)), {"number": theirs})

    assert answer.status_code == 422
    assert "No hay ningún caso con ese número" in answer.content.decode()


def test_inbox_it_opens_a_case_with_a_message(desk: Desk, agent: Client) -> None:
    lost = _lost(desk)

    answer = agent.post(
        reverse("desk:inbox_open", args=(lost.reference,)), {"procedure": PROCEDURE}
    )

    number = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    assert case_file(actor=desk.agent.actor, number=number).state.subject == "Soy yo"


def test_inbox_it_wants_a_reason_to_discard_and_keeps_the_message(
    desk: Desk, agent: Client
) -> None:
    lost = _lost(desk)
    address = reverse("desk:inbox_discard", args=(lost.reference,))

    without = agent.post(address, {"reason": "  "})
    agent.post(address, {"reason": "Publicidad"})

    rows = agent.get(reverse("desk:inbox")).content.decode()
    page = agent.get(reverse("desk:inbox_message", args=(lost.reference,))).content.decode()
    assert without.status_code == 422
    assert "Todo tiene su lugar" in rows
    assert "Publicidad" in page


def test_inbox_it_is_decided_once(desk: Desk, agent: Client, colleague: Client) -> None:
    lost = _lost(desk)
    agent.post(reverse("desk:inbox_discard", args=(lost.reference,)), {"reason": "Publicidad"})

    second = colleague.post(
        reverse("desk:inbox_open", args=(lost.reference,)), {"procedure": PROCEDURE}
    )

    assert second.status_code == 422
    assert "Ya se decidió sobre este mensaje" in second.content.decode()


@pytest.fixture
def failed(desk: Desk, agent: Client) -> Effect:
    """A mail that was given up."""
    number = case_by_mail(desk, datetime.now(UTC))
    case = case_file(actor=desk.agent.actor, number=number)
    agent.post(
        f"/casos/{number}/?tarea={case.tasks[0].key.replace('#', '%23')}",
        {"texto": "Necesitamos sus datos", "asunto": "Sus datos", "huella": ""},
    )
    effect = Effect.objects.within(desk.organization_id).get()
    effect.status, effect.last_error = EffectStatus.FAILED, "550 buzón inexistente"
    effect.save()
    return effect


def test_outbox_it_shows_what_did_not_leave_and_tries_again(
    desk: Desk, agent: Client, failed: Effect
) -> None:
    rows = agent.get(reverse("desk:outbox")).content.decode()
    agent.post(reverse("desk:outbox_retry", args=(failed.pk,)))

    failed.refresh_from_db(from_queryset=Effect.objects.within(desk.organization_id))
    assert "550 buzón inexistente" in rows
    assert failed.status == EffectStatus.READY


def test_outbox_it_never_reaches_the_neighbours_mail(
    desk: Desk, neighbour: Desk, agent: Client, failed: Effect
) -> None:
    stranger = signed_in(neighbour.agent)

    answer = stranger.post(reverse("desk:outbox_retry", args=(failed.pk,)))

    failed.refresh_from_db(from_queryset=Effect.objects.within(desk.organization_id))
    assert answer.status_code == 404
    assert failed.status == EffectStatus.FAILED
