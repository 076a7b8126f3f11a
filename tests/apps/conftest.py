"""Two organisations that must never meet, with somebody in each."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from ventanilla.identity import services
from ventanilla.identity.actor import ADMINISTRATOR, Actor, system_actor
from ventanilla.identity.selectors import actor_of_user

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
PASSWORD = "cuatro-palabras-sin-relacion"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An organisation with its system, an administrator and an agent of the Lima office."""

    id: int
    system: Actor
    administrator: Actor
    administrator_id: int
    agent: Actor
    agent_id: int


def _person(system: Actor, email: str, name: str) -> int:
    return services.create_user(
        actor=system, now=NOW, email=email, full_name=name, password=PASSWORD
    )


def _actor(user_id: int) -> Actor:
    actor = actor_of_user(user_id)
    assert actor is not None
    return actor


def build_house(slug: str) -> House:
    organization_id = services.save_organization(now=NOW, slug=slug, name=f"Casa {slug}")
    system = system_actor(organization_id, "test")
    services.arrange_offices(
        actor=system,
        now=NOW,
        offices=[
            services.OfficeFacts(
                code=code, title=code.title(), calendar=code, zone="America/Lima", country="PE"
            )
            for code in ("lima", "piura")
        ],
    )
    services.arrange_roles(
        actor=system,
        now=NOW,
        roles=[
            services.RoleFacts(code="orientador", title="Orientador(a)"),
            services.RoleFacts(code="coordinador", title="Coordinador(a)"),
        ],
    )
    administrator = _person(system, f"jefa@{slug}.example", "Jefa De Prueba")
    services.grant_role(actor=system, now=NOW, user_id=administrator, role=ADMINISTRATOR)
    agent = _person(system, f"agente@{slug}.example", "Agente De Prueba")
    services.grant_role(actor=system, now=NOW, user_id=agent, role="orientador", office="lima")
    return House(
        id=organization_id,
        system=system,
        administrator=_actor(administrator),
        administrator_id=administrator,
        agent=_actor(agent),
        agent_id=agent,
    )


@pytest.fixture
def house(db: None) -> House:
    return build_house("norte")


@pytest.fixture
def neighbour(db: None) -> House:
    return build_house("sur")
