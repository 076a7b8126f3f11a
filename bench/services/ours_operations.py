"""What we do: a mail from somebody unknown opens a case, and an agent asks for the contact data.

The rows are those of daily work: the contact as it came, the case with its journal, personal
values, task and deadlines; then the step with its message, the effect that is owed, and the wait.
"""

import itertools
import os
import pickle
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.core.management import call_command

from bench import contestant
from bench.services.rows import difference, snapshot
from ventanilla.cases.incoming import Incoming
from ventanilla.cases.outcomes import Moved
from ventanilla.cases.services import Opening, complete_task, open_case
from ventanilla.catalog.services import load_pack
from ventanilla.core.engine.state import Sender
from ventanilla.identity import services as identity
from ventanilla.identity.actor import Actor, system_actor
from ventanilla.identity.selectors import actor_of_user, organization_by_slug, staff
from ventanilla.packs.reader import find_packs, read_pack

PROCEDURE = "IN-DX-EXP-001"
STEP = "solicitar_datos#1"
AGENT = "agente@mesa.example"


def prepare() -> None:
    """Tables, the pack, an agent; then one case and one step, watched, for the limit to repeat."""
    call_command("migrate", verbosity=0, interactive=False)
    now = datetime.now(UTC)
    loaded = load_pack(now=now, files=read_pack(find_packs()["promperu"]))
    system = system_actor(loaded.organization_id, "bench")
    user = identity.create_user(
        actor=system, now=now, email=AGENT, full_name="Agente", password="cuatro-palabras-sueltas"
    )
    identity.grant_role(actor=system, now=now, user_id=user, role="orientador")
    desk = Desk()
    desk.step(desk.open())
    before = snapshot()
    case = desk.open()
    opened = snapshot()
    opening = difference(before, opened)
    desk.step(case)
    step = difference(opened, snapshot(), known=opening.inserts)
    Path(os.environ["BENCH_ROWS"]).write_bytes(pickle.dumps((opening, step)))


def serve() -> None:
    """Open cases (`open`) and make the first step of the newest (`step`), as often as told."""
    desk = Desk()
    waiting: list[UUID] = []

    def open_cases(times: int) -> None:
        waiting.extend(desk.open() for _ in range(times))

    def step_cases(times: int) -> None:
        for _ in range(times):
            desk.step(waiting.pop())

    contestant.serve({"open": open_cases, "step": step_cases})


class Desk:
    """The intake and one agent of the prepared installation."""

    def __init__(self) -> None:
        organization = organization_by_slug("promperu")
        self._intake = system_actor(organization.id, "intake")
        self._agent = _agent(self._intake)
        self._numbers: Iterator[int] = itertools.count(1)

    def open(self) -> UUID:
        """A case from a mail of somebody unknown."""
        number = next(self._numbers)
        now = datetime.now(UTC)
        name, address = f"Persona {number}", f"persona{number}@correo.example"
        subject = "Quiero exportar"
        incoming = Incoming(
            medium="email",
            at=now,
            name=name,
            address=address,
            subject=subject,
            text="Buenos días, quisiera información para exportar. Gracias.",
            message_id=f"<{os.getpid()}.{number}@correo.example>",
        )
        opening = Opening(
            procedure=PROCEDURE,
            channel="email",
            office="lima",
            happened_at=now,
            subject=subject,
            sender=Sender(name=name, email=address),
            incoming=incoming,
        )
        outcome = open_case(actor=self._intake, now=now, opening=opening)
        assert isinstance(outcome, Moved), outcome
        return outcome.reference

    def step(self, case: UUID) -> None:
        """The agent sends the request for data."""
        now = datetime.now(UTC)
        values = {"tratamiento": "neutro"}
        outcome = complete_task(actor=self._agent, now=now, case=case, task=STEP, values=values)
        assert isinstance(outcome, Moved), outcome


def _agent(system: Actor) -> Actor:
    user = next(row.id for row in staff(system) if row.email == AGENT)
    actor = actor_of_user(user)
    assert actor is not None
    return actor
