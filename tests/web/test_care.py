"""A client's page tells whose it is, its states and agreements; staff say when they are absent."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.cases.test_care import PACK, PROCEDURE
from tests.support.desks import PASSWORD, Desk, case_by_mail
from tests.web.conftest import signed_in
from ventanilla.cases.selectors import case_file
from ventanilla.cases.services import assign
from ventanilla.catalog.published import current_pack
from ventanilla.catalog.services import load_pack
from ventanilla.core.definition.model import PartyModel
from ventanilla.identity.actor import ADMINISTRATOR, Actor, system_actor
from ventanilla.identity.models import User
from ventanilla.identity.selectors import actor_of_user
from ventanilla.identity.services import create_user, grant_role
from ventanilla.packs.reader import PackFiles
from ventanilla.parties.care import count_activity
from ventanilla.parties.models import Agreement, Party
from ventanilla.parties.services import record_party

FILES = PackFiles(name="cartera", files={"pack.yaml": PACK, "procedures/cartera.yaml": PROCEDURE})


class Portfolio:
    """An office with an executive, a head and a client."""

    def __init__(self) -> None:
        now = datetime.now(UTC)
        self.id = load_pack(files=FILES, now=now, slug="cartera").organization_id
        self.system = system_actor(self.id, "test")
        self.executive = self._hire("Rita Campos", "ejecutivo", now)
        self.head = self._hire("Juan Paz", "jefe", now)
        self.chief = self._hire("Alma Ruiz", ADMINISTRATOR, now)
        self.client: UUID = record_party(
            actor=self.system,
            now=now,
            model=self.model,
            attributes={"name": "Acme S.A."},
            lifecycle="potencial",
        ).reference

    @property
    def model(self) -> PartyModel:
        pack = current_pack(self.id, datetime.now(UTC))
        assert pack is not None
        return pack.party

    def _hire(self, name: str, role: str, now: datetime) -> Actor:
        email = f"{name.split(maxsplit=1)[0].lower()}@cartera.example"
        user_id = create_user(
            actor=self.system, now=now, email=email, full_name=name, password=PASSWORD
        )
        grant_role(actor=self.system, now=now, user_id=user_id, role=role)
        actor = actor_of_user(user_id)
        assert actor is not None
        return actor

    def browser(self, who: Actor) -> Client:
        client = Client()
        user = User.objects.across_organizations().get(email=who.email)
        client.force_login(user, backend="ventanilla.identity.backend.AccountBackend")
        return client

    def page(self, who: Actor) -> str:
        answer = self.browser(who).get(reverse("desk:party", args=(self.client,)))
        assert answer.status_code == 200
        return answer.content.decode()


@pytest.fixture
def office(db: None) -> Portfolio:
    return Portfolio()


def _task_of(desk: Desk) -> str:
    """The number of a case whose open task is the agent's."""
    number = case_by_mail(desk, datetime.now(UTC))
    case = case_file(actor=desk.agent.actor, number=number)
    assign(
        actor=desk.agent.actor,
        now=datetime.now(UTC),
        case=case.reference,
        task=case.tasks[0].key,
        assignee=desk.agent.email,
    )
    return number


def _plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_client_it_is_entrusted_and_taken_back(office: Portfolio) -> None:
    address = reverse("desk:entrust", args=(office.client,))
    browser = office.browser(office.executive)

    assert "Nadie todavía" in office.page(office.executive)
    browser.post(address, {"executive": office.executive.email})
    party = Party.objects.across_organizations().get(reference=office.client)
    assert party.executive_id == office.executive.user_id
    assert "A cargo de Rita Campos" in _plain(office.page(office.executive))
    browser.post(address, {"executive": ""})

    assert "Nadie todavía" in office.page(office.executive)


def test_client_only_the_role_and_administrators_entrust_it_and_only_to_the_role(
    office: Portfolio,
) -> None:
    address = reverse("desk:entrust", args=(office.client,))
    other = {"executive": office.head.email}

    assert office.browser(office.head).post(address, other).status_code == 403
    office.browser(office.chief).post(address, other)

    assert Party.objects.across_organizations().get(reference=office.client).executive is None
    assert 'name="executive"' not in office.page(office.head)


@pytest.mark.covers("CL-20")
def test_agreement_it_is_set_shown_and_ended_with_who_and_when(office: Portfolio) -> None:
    today = date.today()  # noqa: DTZ011 - the day a browser would show
    browser = office.browser(office.executive)
    address = reverse("desk:agree", args=(office.client, "revision"))
    typed = {"value": "24 hours", "since": str(today - timedelta(days=2)), "evidence": "Correo"}

    assert browser.get(address).status_code == 200
    assert browser.post(address, typed).status_code == 302
    page = _plain(office.page(office.executive))
    assert "Plazo de revisión 24 horas Correo vale hoy" in page
    assert "Rita Campos" in page
    key = Agreement.objects.across_organizations().get().pk
    end = reverse("desk:end_agreement", args=(office.client, key))
    browser.post(end, {"until": str(today - timedelta(days=1))})

    assert "vale hoy" not in office.page(office.executive)


def test_agreement_a_new_one_ends_the_one_before_it(office: Portfolio) -> None:
    browser = office.browser(office.executive)
    address = reverse("desk:agree", args=(office.client, "revision"))
    for value, since in (("24 hours", "2026-01-01"), ("12 hours", "2026-06-01")):
        browser.post(address, {"value": value, "since": since})

    found = Agreement.objects.across_organizations().order_by("since")

    assert [(one.since, one.until) for one in found] == [
        (date(2026, 1, 1), date(2026, 5, 31)),
        (date(2026, 6, 1), None),
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": "", "since": "2026-01-01"}, "Escriba qué se acordó."),
        ({"value": "pronto", "since": "2026-01-01"}, "Escriba una duración"),
        ({"value": "1 day", "since": ""}, "Escriba desde cuándo."),
        ({"value": "1 day", "since": "2026-01-02", "until": "2026-01-01"}, "antes de empezar"),
    ],
)
def test_agreement_it_says_beside_the_datum_what_is_wrong(
    office: Portfolio, typed: dict[str, str], sentence: str
) -> None:
    address = reverse("desk:agree", args=(office.client, "revision"))

    answer = office.browser(office.executive).post(address, typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_agreement_who_may_not_set_it_neither_sees_nor_sends_its_form(office: Portfolio) -> None:
    address = reverse("desk:agree", args=(office.client, "revision"))

    assert office.browser(office.head).get(address).status_code == 403
    assert address not in office.page(office.head)
    assert address in office.page(office.chief)


@pytest.mark.covers("PC-46")
def test_client_its_page_tells_the_state_of_today_and_how_it_got_there(office: Portfolio) -> None:
    today = date.today()  # noqa: DTZ011 - the day a browser would show
    count_activity(
        actor=office.executive,
        now=datetime.now(UTC),
        model=office.model,
        reference=office.client,
        kind="feria",
        on=today,
    )

    page = _plain(office.page(office.executive))

    assert "1 actividad que cuenta este año." in page
    assert "Feria" in page
    assert re.search(r"Antiguo será desde .* Potencial será desde 1 de enero", page)
    assert re.search(
        rf"Usuario desde .*{today.year}, antes de 1 de enero de {today.year + 1}", page
    )


def test_procedure_its_page_shows_who_answers_for_what(office: Portfolio) -> None:
    address = reverse("desk:procedure", args=("CA-1",))

    page = _plain(office.browser(office.head).get(address).content.decode())

    assert "Paso o acción Ejecutivo(a) Jefatura Asignar responde hace" in page
    assert "Revisar responde, hace –" in page
    assert "Bajar responde se le informa" in page


def test_absence_it_is_said_shown_and_taken_back(desk: Desk) -> None:
    browser, address = signed_in(desk.agent), reverse("desk:absence")
    first = date.today() + timedelta(days=3)  # noqa: DTZ011 - the day a browser would show
    typed = {"first_on": str(first), "last_on": str(first), "deputy": desk.colleague.email}

    assert browser.get(address).status_code == 200
    assert browser.post(address, typed).status_code == 302
    profile = reverse("desk:profile")
    assert "suplente: Luis Soto" in _plain(browser.get(profile).content.decode())
    assert "suplente: Luis Soto" in _plain(signed_in(desk.colleague).get(profile).content.decode())
    again = browser.post(address, typed)
    assert again.status_code == 422
    assert "Ya tiene una ausencia en esos días." in again.content.decode()
    found = re.search(r"perfil/ausencias/(\d+)/anular", browser.get(profile).content.decode())
    assert found is not None
    back = reverse("desk:absence_back", args=(int(found[1]),))
    assert signed_in(desk.colleague).post(back).status_code == 403
    browser.post(back)

    assert "suplente: Luis Soto" not in _plain(browser.get(profile).content.decode())


def test_worklist_the_deputy_has_the_tasks_of_who_is_absent_and_may_do_them(desk: Desk) -> None:
    from_today = str(date.today())  # noqa: DTZ011 - the day a browser would show
    number = _task_of(desk)
    deputy = signed_in(desk.coordinator)
    mine = reverse("desk:worklist") + "?whose=mine"
    assert number not in deputy.get(mine).content.decode()

    signed_in(desk.agent).post(
        reverse("desk:absence"),
        {"first_on": from_today, "last_on": from_today, "deputy": desk.coordinator.email},
    )

    assert number in deputy.get(mine).content.decode()
    page = deputy.get(reverse("desk:case", args=(number,))).content.decode()
    assert "no completarla" not in page
