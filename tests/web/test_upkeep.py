"""Checklists, appointments and what repeats, as a person at the desk keeps them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.packs.workshop import workshop_files
from tests.support.desks import PASSWORD, Person
from tests.web.conftest import signed_in
from ventanilla.cases.outcomes import Moved
from ventanilla.cases.selectors import case_file, case_number
from ventanilla.cases.services import Opening, complete_task, mark_items, open_case
from ventanilla.cases.verify import verify
from ventanilla.catalog.services import load_pack
from ventanilla.core.engine.state import Sender, State
from ventanilla.core.engine.timely_state import Mark, Meeting
from ventanilla.identity.actor import system_actor
from ventanilla.identity.selectors import actor_of_user
from ventanilla.identity.services import create_user, grant_role
from ventanilla.packs.reader import PackFiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A case of moving a machine, with the technician who keeps it and somebody who does not."""

    number: str
    reference: UUID
    technician: Person
    other: Person

    @property
    def state(self) -> State:
        return case_file(actor=self.technician.actor, number=self.number).state


@pytest.fixture
def move(db: None) -> Move:
    now = datetime.now(UTC)
    files = PackFiles(name="taller", files=workshop_files())
    loaded = load_pack(files=files, now=now - timedelta(days=9), slug="taller")
    system = system_actor(loaded.organization_id, "test")

    def hire(name: str, role: str) -> Person:
        email = f"{name.lower()}@taller.example"
        user = create_user(actor=system, now=now, email=email, full_name=name, password=PASSWORD)
        grant_role(actor=system, now=now, user_id=user, role=role, office=None)
        actor = actor_of_user(user)
        assert actor is not None
        return Person(id=user, email=email, actor=actor)

    technician, other = hire("Eva", "tecnico"), hire("Raúl", "jefe")
    begun = now - timedelta(days=2)
    opened = open_case(
        actor=technician.actor,
        now=begun,
        opening=Opening(
            procedure="TA-TRA",
            channel="email",
            office="centro",
            happened_at=begun,
            sender=Sender(name="Luis Campos", email="luis@cliente.example"),
        ),
    )
    assert isinstance(opened, Moved), opened
    done = complete_task(
        actor=technician.actor,
        now=begun,
        case=opened.reference,
        task="citar#1",
        values={"cita": now - timedelta(hours=3)},
    )
    assert isinstance(done, Moved), done
    number = case_number(actor=technician.actor, reference=opened.reference)
    return Move(number=number, reference=opened.reference, technician=technician, other=other)


@pytest.fixture
def technician(move: Move) -> Client:
    return signed_in(move.technician)


def test_page_it_shows_the_list_the_appointment_and_what_repeats(
    move: Move, technician: Client
) -> None:
    page = technician.get(f"/casos/{move.number}/").content.decode()

    assert "Guía de remisión" in page
    assert "Falta 1 por dar conforme." in page
    assert "Qué pasó con la cita" in page
    assert "La próxima vez:" in page
    assert f"/casos/{move.number}/citas/recojo/cita.ics" in page


@pytest.mark.covers("CL-19", "VD-25")
def test_checklist_it_is_marked_item_by_item(move: Move, technician: Client) -> None:
    address = f"/casos/{move.number}/listas/papeles/"
    observed = {"marca-guia": "observed", "nota-guia": "", "marca-seguro": ""}

    without = technician.post(address, observed)
    answer = technician.post(address, {**observed, "nota-guia": "Sin firma"})

    assert (without.status_code, "Escriba qué se observa." in without.content.decode()) == (
        422,
        True,
    )
    assert answer.status_code == 302
    made = move.state.marks["papeles"]["guia"]
    assert (made.mark, made.by, made.note) == (
        Mark.OBSERVED,
        move.technician.email,
        "Sin firma",
    )
    page = technician.get(f"/casos/{move.number}/").content.decode()
    assert "Observado: Guía de remisión" in page
    assert "Sin firma" in page


def test_task_it_tells_what_the_list_lacks(move: Move, technician: Client) -> None:
    answer = technician.post(f"/casos/{move.number}/?tarea=revisar%231", {})

    assert answer.status_code == 422
    assert "Falta en «Papeles»: Guía de remisión." in answer.content.decode()


@pytest.mark.covers("PC-78")
def test_appointment_it_is_kept_and_the_case_goes_on(move: Move, technician: Client) -> None:
    mark_items(
        actor=move.technician.actor,
        now=datetime.now(UTC),
        case=move.reference,
        checklist="papeles",
        marks={"guia": (Mark.ACCEPTED, "")},
    )
    technician.post(f"/casos/{move.number}/?tarea=revisar%231", {})

    answer = technician.post(
        f"/casos/{move.number}/citas/recojo/", {"outcome": "kept", "note": "Todo bien"}
    )

    assert answer.status_code == 302
    assert move.state.bookings["recojo"].status is Meeting.KEPT
    assert [active.step for active in move.state.active.values()] == ["cerrar"]
    assert verify().findings == ()


def test_appointment_it_moves_to_another_day(move: Move, technician: Client) -> None:
    address = f"/casos/{move.number}/citas/recojo/"

    missing = technician.post(address, {"outcome": "moved"})
    technician.post(address, {"outcome": "moved", "moved_to": "2031-03-20T15:00"})

    assert missing.status_code == 422
    assert move.state.bookings["recojo"].at == datetime(2031, 3, 20, 20, tzinfo=UTC)
    assert move.state.bookings["recojo"].moves == 1


def test_appointment_it_goes_into_a_calendar(move: Move, technician: Client) -> None:
    answer = technician.get(f"/casos/{move.number}/citas/recojo/cita.ics")

    lines = answer.content.decode().split("\r\n")
    at = move.state.bookings["recojo"].at
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"DTSTART:{at:%Y%m%dT%H%M%SZ}" in lines
    assert f"DTEND:{at + timedelta(hours=2):%Y%m%dT%H%M%SZ}" in lines
    assert f"SUMMARY:Recojo · {move.number}" in lines


@pytest.mark.covers("PC-158")
def test_what_repeats_it_ends_when_the_person_wants_no_more(move: Move, technician: Client) -> None:
    answer = technician.post(f"/casos/{move.number}/envios/aviso/", {})

    assert answer.status_code == 302
    assert move.state.opted_out == ("aviso",)
    page = technician.get(f"/casos/{move.number}/").content.decode()
    assert "La persona ya no lo quiere." in page
    assert "Ya no quiere «Aviso»" in page


@pytest.mark.parametrize("what", ["listas/papeles", "citas/recojo", "envios/aviso"])
def test_keeping_it_is_for_those_whom_the_procedure_names(move: Move, what: str) -> None:
    client = signed_in(move.other)

    assert client.get(f"/casos/{move.number}/{what}/").status_code == 403


@pytest.mark.parametrize(
    "what", ["listas/nada/", "citas/nada/", "citas/nada/cita.ics", "envios/nada/"]
)
def test_keeping_it_is_missing_what_the_procedure_has_not(
    move: Move, technician: Client, what: str
) -> None:
    assert technician.get(f"/casos/{move.number}/{what}").status_code == 404
