"""A small organisation with a mail door, people who write, and a mail server that keeps all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.support.mail_servers import Scripted, scripted
from ventanilla.cases.models import Case, Effect, Interaction
from ventanilla.cases.services import act, complete_task
from ventanilla.catalog.services import load_pack
from ventanilla.channels.delivery import Delivered, deliver_next
from ventanilla.channels.mail.message import Understood
from ventanilla.channels.mail.understand import understand
from ventanilla.channels.models import InboundMessage
from ventanilla.channels.services import Placement, receive_raw
from ventanilla.channels.smtp import SmtpLine, SmtpServer
from ventanilla.identity import services as identity
from ventanilla.identity.actor import Actor, system_actor
from ventanilla.identity.selectors import actor_of_user
from ventanilla.packs.reader import read_pack

PACK: Final = Path(__file__).parent / "pack"
NOW: Final = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
DOOR: Final = "mesa@norte.example"
ROSA: Final = "rosa@cacao.example"


def letter(
    *,
    sender: str = f"Rosa Quispe <{ROSA}>",
    to: str = DOOR,
    subject: str = "Consulta",
    message_id: str = "<uno@cacao.example>",
    body: str = "Quiero exportar cacao.",
    extra: str = "",
) -> bytes:
    """A mail as it would come from outside."""
    named = f"Message-ID: {message_id}\r\n" if message_id else ""
    return (
        f"From: {sender}\r\nTo: {to}\r\nSubject: {subject}\r\n{named}{extra}"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n"
    ).encode()


@dataclass
class Desk:
    """The organisation at work on a clock that only the test moves."""

    organization_id: int
    agent: Actor
    now: datetime = NOW
    sent: list[Understood] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def receive(self, raw: bytes) -> Placement:
        return receive_raw(
            organization_id=self.organization_id, channel="email", raw=raw, now=self.now
        )

    def deliver(self, port: int, worker: str = "uno") -> list[Delivered]:
        """Delivers until nothing is due or the server is away."""
        line = SmtpLine(SmtpServer(host="127.0.0.1", port=port, timeout_seconds=2))
        outcomes: list[Delivered] = []
        try:
            while outcome := deliver_next(worker=worker, line=line, clock=self.clock):
                outcomes.append(outcome)
                if outcome is Delivered.SERVER_AWAY:
                    break
        finally:
            line.close()
        return outcomes

    def answer(self, case: Case) -> None:
        """The agent completes the step that answers, which owes a mail."""
        complete_task(
            actor=self.agent, now=self.now, case=case.reference, task="responder#1", values={}
        )

    def write(self, case: Case) -> None:
        """The agent writes once more."""
        act(actor=self.agent, now=self.now, case=case.reference, action="escribir", values={})

    def inbound(self) -> list[InboundMessage]:
        return list(InboundMessage.objects.within(self.organization_id).order_by("id"))

    def cases(self) -> list[Case]:
        return list(Case.objects.within(self.organization_id).order_by("id"))

    def contacts(self, case: Case, direction: str = "in") -> list[Interaction]:
        rows = Interaction.objects.within(self.organization_id)
        return list(rows.filter(case=case, direction=direction).order_by("id"))

    def effects(self) -> list[Effect]:
        return list(Effect.objects.within(self.organization_id).order_by("id"))


def build_desk() -> Desk:
    organization_id = load_pack(now=NOW, files=read_pack(PACK)).organization_id
    system = system_actor(organization_id, "test")
    user_id = identity.create_user(
        actor=system,
        now=NOW,
        email="agente@norte.example",
        full_name="Agente De Prueba",
        password="cuatro-palabras-sin-relacion",
    )
    identity.grant_role(actor=system, now=NOW, user_id=user_id, role="orientador")
    agent = actor_of_user(user_id)
    assert agent is not None
    return Desk(organization_id=organization_id, agent=agent)


@pytest.fixture
def desk(db: None) -> Desk:
    return build_desk()


@pytest.fixture
def committed_desk(transactional_db: None) -> Desk:
    """The same with real commits, for threads and crashes."""
    return build_desk()


@pytest.fixture
def post() -> Iterator[Scripted]:
    """A polite mail server; `post.bodies` are the mails that it took."""
    with scripted() as server:
        yield server


def mails(server: Scripted) -> list[Understood]:
    """What a server took, as its recipients would read it."""
    return [understand(body) for body in server.bodies]


def mail_of(server: Scripted, position: int = -1) -> Understood:
    return mails(server)[position]
