"""An office of the exporter desk with two people at the window, and an enquiry by mail."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from ventanilla.cases.incoming import Incoming
from ventanilla.cases.outcomes import Moved, Outcome
from ventanilla.cases.services import Opening, complete_task, open_case, receive
from ventanilla.catalog.services import load_pack
from ventanilla.core.definition.expressions import Identity, Value
from ventanilla.core.engine.state import Sender
from ventanilla.identity.actor import Actor, system_actor
from ventanilla.identity.selectors import actor_of_user
from ventanilla.identity.services import create_user, grant_role
from ventanilla.packs.reader import find_packs, read_pack

MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""A working Monday at nine in Lima."""

PROCEDURE = "IN-DX-EXP-001"
ADDRESS = "rosa@cliente.example"
NAME = "Rosa Canales Prueba"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The desk of one organisation, and what its people do most."""

    organization_id: int
    system: Actor
    paola: Actor
    oscar: Actor

    def enquiry(self, at: datetime = MONDAY) -> Moved:
        """A mail from somebody unknown becomes a case."""
        return accepted(
            open_case(
                actor=self.system,
                now=at,
                opening=Opening(
                    procedure=PROCEDURE,
                    channel="email",
                    office="lima",
                    happened_at=at,
                    subject="Quiero exportar quinua",
                    sender=Sender(name=NAME, email=ADDRESS),
                    incoming=mail(at, "Quiero exportar quinua a Chile."),
                ),
            )
        )

    def ask_for_data(self, case: Moved, actor: Actor | None = None) -> Outcome:
        return complete_task(
            actor=actor or self.paola,
            now=MONDAY + timedelta(minutes=5),
            case=case.reference,
            task="solicitar_datos#1",
            values={},
        )

    def registered(self) -> Moved:
        """The enquiry once the data were asked for, came, and were registered."""
        case = self.enquiry()
        accepted(self.ask_for_data(case))
        at = MONDAY + timedelta(hours=1)
        accepted(
            receive(
                actor=self.system,
                now=at,
                case=case.reference,
                incoming=mail(at, "Soy Rosa Canales, DNI 45678912."),
            )
        )
        return accepted(
            complete_task(
                actor=self.paola,
                now=at + timedelta(minutes=5),
                case=case.reference,
                task="registrar#1",
                values=contact_data(),
            )
        )


def contact_data() -> dict[str, Value]:
    return {
        "entrega": "completa",
        "nombre": NAME,
        "apellidos": "Canales Prueba",
        "documento": Identity(kind="pe.dni", number="45678912"),
        "direccion": "Jr. Prueba 1, Lima",
        "telefono": "+51 987 654 321",
    }


def mail(at: datetime, text: str) -> Incoming:
    return Incoming(medium="email", at=at, name=NAME, address=ADDRESS, text=text)


def accepted(outcome: Outcome) -> Moved:
    assert isinstance(outcome, Moved), outcome
    return outcome


def make_desk(slug: str) -> Desk:
    files = read_pack(find_packs()["promperu"])
    organization_id = load_pack(files=files, now=MONDAY, slug=slug).organization_id
    system = system_actor(organization_id, "test")
    return Desk(
        organization_id=organization_id,
        system=system,
        paola=_agent(system, f"paola@{slug}.example", "Paola De Prueba"),
        oscar=_agent(system, f"oscar@{slug}.example", "Óscar De Prueba"),
    )


def _agent(system: Actor, email: str, name: str) -> Actor:
    user_id = create_user(
        actor=system, now=MONDAY, email=email, full_name=name, password="cuatro-palabras-al-azar"
    )
    grant_role(actor=system, now=MONDAY, user_id=user_id, role="orientador", office="lima")
    actor = actor_of_user(user_id)
    assert actor is not None
    return actor


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk("mesa")


@pytest.fixture
def desk_for_threads(transactional_db: None) -> Desk:
    return make_desk("mesa")


@pytest.fixture
def other_desk(db: None) -> Callable[[], Desk]:
    return lambda: make_desk("otra")
