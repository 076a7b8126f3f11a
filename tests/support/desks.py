"""A front office as the exporter desk's pack makes it, with people to sit at it."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from ventanilla.cases.outcomes import Moved
from ventanilla.cases.selectors import case_number
from ventanilla.cases.services import Opening, open_case
from ventanilla.catalog.published import current_pack
from ventanilla.catalog.services import load_pack
from ventanilla.channels.services import Placement, receive_raw
from ventanilla.core.definition.expressions import Identity
from ventanilla.core.engine.state import Sender
from ventanilla.identity.actor import Actor, system_actor
from ventanilla.identity.selectors import actor_of_user
from ventanilla.identity.services import create_user, grant_role
from ventanilla.packs.reader import PackFiles, read_pack
from ventanilla.parties.services import record_party
from ventanilla.reception.issuing import Wish, give_ticket
from ventanilla.reception.outcomes import NotDone
from ventanilla.reception.visits import Reason, Visitor, give_credential
from ventanilla.telephone.course import Happening, Notice
from ventanilla.telephone.hearing import Told, hear
from ventanilla.telephone.selectors import owed

PACK = Path(__file__).resolve().parents[2] / "packs" / "promperu"
PASSWORD = "cuatro-palabras-sin-relacion"
PROCEDURE = "IN-DX-EXP-001"
ADDRESS = "exportador@promperu.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the staff, and the address that signs them in."""

    id: int
    email: str
    actor: Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An organisation with two agents, a specialist and a coordinator."""

    organization_id: int
    system: Actor
    agent: Person
    colleague: Person
    specialist: Person
    coordinator: Person


@lru_cache(maxsize=1)
def pack_files() -> PackFiles:
    return read_pack(PACK)


def open_desk(now: datetime, slug: str = "promperu") -> Desk:
    """Loads the pack for an organisation of that name and hires its people."""
    loaded = load_pack(files=pack_files(), now=now, slug=slug)
    system = system_actor(loaded.organization_id, "test")

    def hire(name: str, role: str, office: str | None) -> Person:
        email = f"{name.split(maxsplit=1)[0].lower()}@{slug}.example"
        user_id = create_user(
            actor=system,
            now=now,
            email=email,
            full_name=name,
            password=PASSWORD,
            phone="+51 1 555 0101",
        )
        grant_role(actor=system, now=now, user_id=user_id, role=role, office=office)
        actor = actor_of_user(user_id)
        assert actor is not None
        return Person(id=user_id, email=email, actor=actor)

    return Desk(
        organization_id=loaded.organization_id,
        system=system,
        agent=hire("Ana Ríos", "orientador", "lima"),
        colleague=hire("Luis Soto", "orientador", "lima"),
        specialist=hire("Eva Ramos", "especialista", "lima"),
        coordinator=hire("Carmen Ordóñez", "coordinador", None),
    )


def mail(
    *,
    sender: str = "Rosa Quispe <rosa@agrovalle.example>",
    subject: str = "Palta Hass a Corea",
    text: str = "¿Qué requisitos hay para exportar palta?",
    number: int = 1,
    html: str = "",
    to: str = ADDRESS,
) -> bytes:
    """A mail as a server would hand it over."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = f"<m{number}@agrovalle.example>"
    message["Date"] = "Mon, 23 Nov 2026 09:00:00 -0500"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


def receive(desk: Desk, raw: bytes, now: datetime) -> Placement:
    """Hands a mail to the desk."""
    return receive_raw(organization_id=desk.organization_id, channel="email", raw=raw, now=now)


def case_by_mail(desk: Desk, now: datetime, number: int = 1) -> str:
    """The number of a case that a mail opened."""
    placement = receive(desk, mail(number=number), now)
    assert placement.number, placement
    return placement.number


def case_at_desk(desk: Desk, now: datetime, channel: str = "desk") -> str:
    """The number of a case of somebody who came or called."""
    outcome = open_case(
        actor=desk.agent.actor,
        now=now,
        opening=Opening(
            procedure=PROCEDURE,
            channel=channel,
            office="lima",
            happened_at=now,
            subject="Quinua a Canadá",
            sender=Sender(name="Jorge Mamani", phone="+51 987 654 321"),
        ),
    )
    assert isinstance(outcome, Moved), outcome
    return case_number(actor=desk.agent.actor, reference=outcome.reference)


def known_person(desk: Desk, now: datetime, ruc: str = "20100070970") -> UUID:
    """The reference of a registered client."""
    pack = current_pack(desk.organization_id, now)
    assert pack is not None
    snapshot = record_party(
        actor=desk.system,
        now=now,
        model=pack.party,
        attributes={
            "name": "Rosa Quispe Huamán",
            "document": Identity(kind="pe.dni", number="45678901"),
            "ruc": Identity(kind="pe.ruc", number=ruc),
            "company": "Agrovalle S.A.C.",
            "phone": "987654321",
            "email": "rosa@agrovalle.example",
            "address": "Trujillo",
        },
        lifecycle="registrado",
        country="PE",
    )
    return snapshot.reference


def turn_of(desk: Desk, now: datetime, service: str = "consulta", priority: str = "") -> UUID:
    """The reference of a ticket for somebody who just came."""
    wish = Wish(office="lima", service=service, priority=priority)
    deed = give_ticket(actor=desk.system, now=now, wish=wish)
    assert not isinstance(deed, NotDone), deed
    return deed.reference


def visit_of(desk: Desk, now: datetime) -> UUID:
    """The reference of a visit that is not over."""
    visitor = Visitor(
        office="lima",
        credential="V-07",
        name="Jorge Mamani",
        document_kind="DNI",
        document_number="45678901",
        is_document_kept=True,
        reason=Reason.VISIT,
        whom="Mesa de partes",
    )
    given = give_credential(actor=desk.agent.actor, now=now, visitor=visitor)
    assert not isinstance(given, NotDone), given
    return given


def ring(desk: Desk, at: datetime, happening: Happening = Happening.RINGING, **more: str) -> UUID:
    """The reference of a call of which the telephone system tells something."""
    name = more.pop("call", "c1")
    notice = Notice(
        id=more.pop("id", f"{name}-{happening}"),
        happening=happening,
        at=at,
        caller=more.pop("caller", "+51987654321"),
        **more,
    )
    told = Told(call=f"central/{name}", office="lima", notice=notice)
    return hear(actor=desk.system, now=at, told=told).call


def call_of(desk: Desk, now: datetime) -> tuple[UUID, UUID]:
    """A call that nobody answered, and the call back that is owed for it."""
    call = ring(desk, now, Happening.LOST)
    return call, owed(desk.agent.actor)[0].reference
