"""At the desk: what a sheet answers while somebody is on the telephone, and cases that go on."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.desks import PASSWORD, Person
from tests.support.outside import FILES
from tests.web.conftest import signed_in
from ventanilla.cases.outcomes import Moved
from ventanilla.cases.selectors import case_file
from ventanilla.cases.services import Opening, open_case
from ventanilla.catalog.services import load_pack
from ventanilla.desk.case_page import task_address
from ventanilla.identity.actor import system_actor
from ventanilla.identity.selectors import actor_of_user
from ventanilla.identity.services import create_user, grant_role
from ventanilla.packs.reader import PackFiles


@pytest.fixture
def seller(db: None) -> Person:
    now = datetime.now(UTC)
    loaded = load_pack(files=PackFiles(name="ventas", files=FILES), now=now, slug="ventas")
    system = system_actor(loaded.organization_id, "test")
    email = "sara@ventas.example"
    user_id = create_user(
        actor=system, now=now, email=email, full_name="Sara Luna", password=PASSWORD
    )
    grant_role(actor=system, now=now, user_id=user_id, role="agente", office="centro")
    grant_role(actor=system, now=now, user_id=user_id, role="jefe", office=None)
    actor = actor_of_user(user_id)
    assert actor is not None
    return Person(id=user_id, email=email, actor=actor)


def called(seller: Person) -> str:
    """The folio of a sale that somebody has just called about."""
    now = datetime.now(UTC)
    opening = Opening(procedure="V-1", channel="phone", office="centro", happened_at=now)
    outcome = open_case(actor=seller.actor, now=now, opening=opening)
    assert isinstance(outcome, Moved)
    return outcome.number


def do(browser: Client, seller: Person, number: str, **answers: str) -> str:
    """Complete the first open task with these answers; gives the page one lands on."""
    task = case_file(actor=seller.actor, number=number).tasks[0].key
    data = {f"dato-{name}": value for name, value in answers.items()}
    page = browser.post(task_address(number, task), data, follow=True)
    return page.content.decode()


def test_check_it_goes_straight_on_with_what_the_sheet_says(seller: Person) -> None:
    browser = signed_in(seller)
    number = called(seller)

    page = do(browser, seller, number, ci="1234567")

    assert "El caso está cerrado" in page
    assert "lo dice la hoja del" in page


def test_check_it_asks_the_person_when_the_system_does_not_answer(seller: Person) -> None:
    browser = signed_in(seller)
    number = called(seller)

    page = do(browser, seller, number, ci="7654321")

    assert "«Cobertura» no contestó" in page
    assert "no contestó; se le pregunta a una persona" in page


def test_case_it_shows_the_one_that_it_opened_and_is_shown_there(seller: Person) -> None:
    browser = signed_in(seller)
    number = called(seller)
    do(browser, seller, number, ci="7654321")
    do(browser, seller, number, llega="true")

    page = do(browser, seller, number, solicitud="A-1")

    child = case_file(actor=seller.actor, number=number)
    assert child.state.active.keys() == {"instalar#1"}
    assert "Casos que van con este" in page
    assert "Se abrió un caso de I-1" in page
    address = reverse("desk:case", args=(f"{number[:-1]}{int(number[-1]) + 1}",))
    assert address in page
    other = browser.get(address).content.decode()
    assert "Lo abrió:" in other
    assert reverse("desk:case", args=(child.number,)) in other
