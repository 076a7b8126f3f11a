"""A person who asks to be forgotten is forgotten in every table, and the record stays whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Final
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.support.desks import Desk, case_at_desk, known_person, mail, open_desk, receive
from ventanilla.cases.models import Case, Effect, Interaction
from ventanilla.cases.outcomes import Moved
from ventanilla.cases.selectors import case_file
from ventanilla.cases.services import complete_task, link_party, note
from ventanilla.cases.verify import verify
from ventanilla.channels.forgetting import forget_person
from ventanilla.channels.models import InboundMessage, InboundStatus
from ventanilla.core.definition.expressions import Identity, Value
from ventanilla.identity.access import NotAllowed
from ventanilla.parties.selectors import PartyNotFound

START: Final = datetime.now(UTC) - timedelta(days=3)
"""Some days ago: the command forgets on today's clock."""

ROSA: Final = "rosaura.canaval@cacao.example"
TRACES: Final = (
    ROSA,
    "rosaura",
    "canaval",
    "45678912",
    "912345678",
    "912 345 678",
    "xyzzy",
)
"""What only this person's data contain, in small letters. The last stands in what they wrote."""


@pytest.fixture
def desk(db: None) -> Desk:
    return open_desk(START)


def _letter(number: int, extra: str = "", *, html: str = "") -> bytes:
    raw = mail(
        sender=f"Rosaura Canaval <{ROSA}>",
        subject="Cacao xyzzy a Corea",
        text="Soy Rosaura Canaval, xyzzy, DNI 45678912.",
        number=number,
        html=html,
    )
    return extra.encode() + raw


def _data() -> dict[str, Value]:
    return {
        "entrega": "completa",
        "nombre": "Rosaura",
        "apellidos": "Canaval",
        "documento": Identity(kind="pe.dni", number="45678912"),
        "direccion": "Jr. Xyzzy 1, Lima",
        "telefono": "+51 912 345 678",
    }


def _complete(desk: Desk, case: UUID, task: str, values: dict[str, Value]) -> None:
    outcome = complete_task(actor=desk.agent.actor, now=START, case=case, task=task, values=values)
    assert isinstance(outcome, Moved), outcome


def _known_in_every_corner(desk: Desk) -> UUID:
    """The person writes, is asked, answers, is registered, writes more, and is mistaken."""
    first = receive(desk, _letter(1, html="<p>xyzzy</p>"), START)
    receive(desk, _letter(2), START)
    assert first.case is not None
    _complete(desk, first.case, "solicitar_datos#1", {})
    receive(desk, _letter(3, "In-Reply-To: <m1@agrovalle.example>\n"), START)
    _complete(desk, first.case, "registrar#1", _data())
    note(actor=desk.agent.actor, now=START, case=first.case, text="Rosaura llamó: xyzzy")
    receive(desk, _letter(4, "Precedence: bulk\n"), START)
    receive(desk, b"\xff\xfe" + ROSA.encode(), START)
    Effect.objects.within(desk.organization_id).update(last_error=f"550 no such user {ROSA}")
    party = case_file(actor=desk.agent.actor, number=first.number).party
    assert party is not None
    _mistaken_for_somebody_else(desk, party)
    return party


def _mistaken_for_somebody_else(desk: Desk, party: UUID) -> None:
    number = case_at_desk(desk, START)
    case = case_file(actor=desk.agent.actor, number=number).reference
    for one in (party, known_person(desk, START)):
        link_party(actor=desk.agent.actor, now=START, case=case, party=one)


def _tables_that_know(*words: str) -> list[str]:
    """Every table of the database in which one of the words still stands, also in bytes."""
    found = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            cells = [cell for row in cursor.fetchall() for cell in row]
        text = "\n".join(map(_as_text, cells)).casefold()
        found += [f"{table}: {word}" for word in words if word in text]
    return found


def _as_text(cell: object) -> str:
    if isinstance(cell, bytes | memoryview):
        return bytes(cell).decode("utf-8", "replace")
    return str(cell)


def test_a_person_who_is_forgotten_it_stands_in_no_table(desk: Desk) -> None:
    party = _known_in_every_corner(desk)
    known = _tables_that_know(*TRACES)

    forget_person(actor=desk.system, party=party, now=START + timedelta(days=1))

    assert len({line.partition(":")[0] for line in known}) >= 9
    assert _tables_that_know(*TRACES) == []


def test_a_person_who_is_forgotten_it_leaves_chain_and_replay_whole(desk: Desk) -> None:
    party = _known_in_every_corner(desk)

    forgotten = forget_person(actor=desk.system, party=party, now=START + timedelta(days=1))

    verdict = verify()
    assert verdict.findings == ()
    assert verdict.erased_values > 0
    assert (forgotten.cases, forgotten.messages) == (2, 5)


def test_others_it_leaves_as_they_are(desk: Desk) -> None:
    party = _known_in_every_corner(desk)
    receive(desk, mail(number=9), START)

    forget_person(actor=desk.system, party=party, now=START + timedelta(days=1))

    still = ("rosa quispe huamán", "jorge mamani", "rosa@agrovalle.example")
    assert len(_tables_that_know(*still)) >= 3
    assert InboundMessage.objects.within(desk.organization_id).filter(erased_at=None).count() == 1


def test_the_cases_of_a_forgotten_person_it_closes_and_nothing_more_leaves(desk: Desk) -> None:
    party = _known_in_every_corner(desk)

    forget_person(actor=desk.system, party=party, now=START + timedelta(days=1))

    cases = Case.objects.within(desk.organization_id)
    effects = Effect.objects.within(desk.organization_id)
    unsent = Interaction.objects.within(desk.organization_id).filter(direction="out")
    assert set(cases.filter(party__reference=party).values_list("status", "wake_at")) == {
        ("closed", None)
    }
    assert not effects.filter(status__in=("ready", "running")).exists()
    assert set(unsent.values_list("delivery", flat=True)) == {"failed"}


def test_erased_messages_it_leaves_nothing_to_decide(desk: Desk) -> None:
    party = _known_in_every_corner(desk)

    forget_person(actor=desk.system, party=party, now=START + timedelta(days=1))

    rows = InboundMessage.objects.within(desk.organization_id)
    waiting = (InboundStatus.QUARANTINED, InboundStatus.FAILED)
    assert not rows.filter(status__in=waiting).exists()


def test_forgetting_twice_it_is_as_once(desk: Desk) -> None:
    party = _known_in_every_corner(desk)
    forget_person(actor=desk.system, party=party, now=START + timedelta(days=1))

    again = forget_person(actor=desk.system, party=party, now=START + timedelta(days=2))

    assert again.messages == 0
    assert verify().findings == ()


def test_an_agent_it_may_not_forget_anybody(desk: Desk) -> None:
    party = _known_in_every_corner(desk)

    with pytest.raises(NotAllowed):
        forget_person(actor=desk.agent.actor, party=party, now=START)

    assert _tables_that_know(ROSA) != []


def test_a_person_of_another_organisation_it_is_as_if_nobody(desk: Desk) -> None:
    party = _known_in_every_corner(desk)
    neighbour = open_desk(START, slug="vecino")

    with pytest.raises(PartyNotFound):
        forget_person(actor=neighbour.system, party=party, now=START)

    assert _tables_that_know(ROSA) != []


def test_the_command_it_wants_to_be_sure_and_then_forgets(desk: Desk) -> None:
    party = _known_in_every_corner(desk)
    said = StringIO()

    with pytest.raises(CommandError, match="--yes"):
        call_command("erase", str(party))
    before = _tables_that_know(ROSA)
    call_command("erase", str(party), yes=True, stdout=said)

    assert before != []
    assert _tables_that_know(*TRACES) == []
    assert "2" in said.getvalue()


def test_the_command_it_says_that_it_knows_nobody_of_that_reference(desk: Desk) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("erase", str(uuid4()), yes=True)

    assert refused.value.returncode == 1
