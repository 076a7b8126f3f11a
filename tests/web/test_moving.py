"""The page on which administrators take open cases to the version in force."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.packs.workshop import workshop_files
from tests.support.desks import PASSWORD, Person
from tests.web.conftest import signed_in
from ventanilla.cases.models import Case
from ventanilla.cases.outcomes import Moved
from ventanilla.cases.services import Opening, open_case
from ventanilla.catalog.services import load_pack
from ventanilla.core.engine.state import Sender
from ventanilla.identity.actor import ADMINISTRATOR, Actor, system_actor
from ventanilla.identity.selectors import actor_of_user
from ventanilla.identity.services import create_user, grant_role
from ventanilla.packs.reader import PackFiles

FILES = workshop_files()
PATH = "procedures/traslado.yaml"
ADDRESS = "/procedimientos/TA-TRA/casos/"


def load(now: datetime, *changes: tuple[str, str]) -> Actor:
    text = FILES[PATH]
    for old, new in changes:
        text = text.replace(old, new)
    files = PackFiles(name="taller", files={**FILES, PATH: text})
    loaded = load_pack(files=files, now=now, slug="taller")
    return system_actor(loaded.organization_id, "test")


def somebody(system: Actor, name: str, role: str) -> Client:
    now = datetime.now(UTC)
    email = f"{name.lower()}@taller.example"
    user = create_user(actor=system, now=now, email=email, full_name=name, password=PASSWORD)
    grant_role(actor=system, now=now, user_id=user, role=role, office=None)
    actor = actor_of_user(user)
    assert actor is not None
    return signed_in(Person(id=user, email=email, actor=actor))


@pytest.fixture
def system(db: None) -> Actor:
    now = datetime.now(UTC) - timedelta(days=1)
    system = load(now)
    opened = open_case(
        actor=system,
        now=now,
        opening=Opening(
            procedure="TA-TRA",
            channel="email",
            office="centro",
            happened_at=now,
            sender=Sender(name="Luis Campos", email="luis@cliente.example"),
        ),
    )
    assert isinstance(opened, Moved)
    return system


NEXT = ("version: 1", "version: 2")
LONGER = ("within: 3 months", "within: 6 months")


def test_page_it_shows_what_would_change_and_takes_over_what_is_chosen(system: Actor) -> None:
    load(datetime.now(UTC), NEXT, LONGER)
    client = somebody(system, "Carmen", ADMINISTRATOR)
    case = Case.objects.across_organizations().get()

    shown = client.get(ADDRESS).content.decode()
    nothing = client.post(ADDRESS, {}).content.decode()
    done = client.post(ADDRESS, {"caso": str(case.reference)}).content.decode()

    assert "Rige la versión 2.1." in shown
    assert "Luis Campos" in shown
    assert "→" in shown
    assert "Elija al menos un caso." in nothing
    assert "Pasó a la versión 2." in done
    case.refresh_from_db()
    assert case.procedure.version == 2
    assert "Todos los casos abiertos están en la versión vigente." in (
        client.get(ADDRESS).content.decode()
    )


def test_page_it_names_the_step_that_stands_against_it(system: Actor) -> None:
    load(datetime.now(UTC), NEXT, ("citar: {who: tecnico", "citar: {who: jefe"))
    client = somebody(system, "Carmen", ADMINISTRATOR)
    case = Case.objects.across_organizations().get()

    shown = client.get(ADDRESS).content.decode()
    tried = client.post(ADDRESS, {"caso": str(case.reference)}).content.decode()

    assert "«Citar» significa otra cosa, o ya no está." in shown
    assert "Pasar los casos elegidos" not in shown
    assert "No puede pasar a esa versión: «Citar»" in tried


def test_page_it_is_for_administrators(system: Actor) -> None:
    client = somebody(system, "Eva", "tecnico")

    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, {}).status_code == 403
    assert "Casos abiertos en otra versión" not in (
        client.get("/procedimientos/TA-TRA/").content.decode()
    )


def test_page_it_is_missing_for_a_procedure_that_is_not_there(system: Actor) -> None:
    client = somebody(system, "Carmen", ADMINISTRATOR)

    assert client.get("/procedimientos/NADA/casos/").status_code == 404
