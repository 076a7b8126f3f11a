"""The same form handed in twice does its deed once, also at the very same moment."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from tests.support.desks import PROCEDURE, Desk, case_by_mail, open_desk
from tests.web.conftest import signed_in
from ventanilla.cases.models import Case, Interaction, JournalEntry

NEW_CONTACT = "/contactos/nuevo/"


def _call(**more: str) -> dict[str, str]:
    return {
        "channel": "phone",
        "office": "lima",
        "procedure": PROCEDURE,
        "subject": "Exportar quinua a Canadá",
        "nonce": str(uuid4()),
        **more,
    }


def _nonce(page: str) -> str:
    found = re.search(r'name="nonce" value="([0-9a-f-]{36})"', page)
    assert found is not None
    return found[1]


def _cases(desk: Desk) -> int:
    return Case.objects.within(desk.organization_id).count()


def test_contact_it_gives_each_form_a_nonce_of_its_own(agent: Client) -> None:
    pages = [agent.get(NEW_CONTACT).content.decode() for _ in range(2)]

    assert len({_nonce(page) for page in pages}) == 2


def test_contact_it_opens_one_case_for_somebody_new_however_often_it_is_sent(
    desk: Desk, agent: Client
) -> None:
    typed = _call(**{"ficha-name": "Rosa Quispe", "ficha-phone": "987654321"})

    places = {agent.post(NEW_CONTACT, typed).headers["Location"] for _ in range(3)}

    assert len(places) == 1
    assert _cases(desk) == 1


def test_contact_it_opens_one_case_when_its_form_is_sent_twice_at_once(
    transactional_db: None,
) -> None:
    desk = open_desk(datetime.now(UTC))
    browsers = [signed_in(desk.agent) for _ in range(3)]
    typed, together = _call(), Barrier(3)

    def press(browser: Client) -> str:
        try:
            together.wait(timeout=10)
            return browser.post(NEW_CONTACT, typed).headers["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        places = set(pool.map(press, browsers))

    assert len(places) == 1
    assert _cases(desk) == 1


def test_contact_it_says_so_when_another_contact_comes_in_the_same_form(
    desk: Desk, agent: Client
) -> None:
    typed = _call()
    opened = agent.post(NEW_CONTACT, typed).headers["Location"]
    another = {**typed, "subject": "Otra persona, otra pregunta"}

    told = agent.post(NEW_CONTACT, another)
    again = agent.post(NEW_CONTACT, {**another, "nonce": _nonce(told.content.decode())})

    assert told.status_code == 422
    assert opened.strip("/").rpartition("/")[2] in told.content.decode()
    assert again.headers["Location"] != opened
    assert _cases(desk) == 2


def test_contact_it_gives_nobody_the_case_of_anothers_form(
    desk: Desk, agent: Client, colleague: Client
) -> None:
    typed = _call()

    mine = agent.post(NEW_CONTACT, typed).headers["Location"]
    theirs = colleague.post(NEW_CONTACT, typed).headers["Location"]

    assert mine != theirs


@pytest.mark.parametrize("nonce", ["", "nonsense", "\0", "9" * 5000])
def test_contact_it_lives_with_a_nonce_that_is_none(agent: Client, nonce: str) -> None:
    assert agent.post(NEW_CONTACT, _call(nonce=nonce)).status_code in (302, 422)


def _action_at_any_time(desk: Desk, browser: Client) -> str:
    """The address of something that may be done to a new case, and leaves the building."""
    number = case_by_mail(desk, datetime.now(UTC))
    page = browser.get(f"/casos/{number}/").content.decode()
    found = re.search(rf"/casos/{number}/acciones/\w+/", page)
    assert found is not None
    return found[0]


def test_action_it_is_done_once_when_its_form_is_sent_twice(desk: Desk, agent: Client) -> None:
    address = _action_at_any_time(desk, agent)
    form = _answers(agent.get(address).content.decode())

    answers = [agent.post(address, form) for _ in range(2)]

    acts = JournalEntry.objects.within(desk.organization_id).filter(command="act")
    assert [answer.status_code for answer in answers] == [302, 422]
    assert "ya se hizo" in answers[1].content.decode()
    assert acts.count() == 1


def test_action_it_may_be_done_again_on_purpose(desk: Desk, agent: Client) -> None:
    address = _action_at_any_time(desk, agent)
    first = _answers(agent.get(address).content.decode())
    agent.post(address, first)

    second = _answers(agent.post(address, first).content.decode())
    agent.post(address, second)

    acts = JournalEntry.objects.within(desk.organization_id).filter(command="act")
    assert acts.count() == 2
    assert Interaction.objects.within(desk.organization_id).exists()


def _answers(page: str) -> dict[str, str]:
    """What an agent hands in: the form as it was shown."""
    return {"veces": re.findall(r'name="veces" value="(\d+)"', page)[0]}
