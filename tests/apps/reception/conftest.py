"""The waiting room of the exporter desk on a working Monday, with two agents at their windows."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.support.desks import Desk, Person, open_desk
from ventanilla.reception.calling import attend, call_next, sit
from ventanilla.reception.hall import Hall, hall_of
from ventanilla.reception.issuing import Wish, give_ticket
from ventanilla.reception.outcomes import Deed, NotDone, TicketDone

MONDAY = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
"""A working Monday at nine in Lima."""


def minutes(count: float) -> datetime:
    """So many minutes after nine."""
    return MONDAY + timedelta(minutes=count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The waiting room, and what happens in it most."""

    desk: Desk

    @property
    def hall(self) -> Hall:
        return hall_of(self.desk.organization_id, "lima", MONDAY)

    def ticket(
        self, at: float = 0, service: str = "consulta", priority: str = "", key: str = ""
    ) -> TicketDone:
        wish = Wish(office="lima", service=service, priority=priority, key=key)
        return done(give_ticket(actor=self.desk.system, now=minutes(at), wish=wish))

    def sit(self, person: Person, counter: str) -> NotDone | None:
        return sit(actor=person.actor, now=MONDAY, office="lima", counter=counter)

    def call(self, person: Person, at: float = 30) -> Deed:
        return call_next(actor=person.actor, now=minutes(at))

    def attend(self, person: Person, ticket: UUID, at: float = 31) -> Deed:
        return attend(actor=person.actor, now=minutes(at), ticket=ticket)


def done(deed: Deed) -> TicketDone:
    assert isinstance(deed, TicketDone), deed
    return deed


def refused(deed: Deed | None) -> NotDone:
    assert isinstance(deed, NotDone), deed
    return deed


def make_room(slug: str = "promperu") -> Room:
    room = Room(desk=open_desk(MONDAY, slug))
    assert room.sit(room.desk.agent, "ventanilla_1") is None
    assert room.sit(room.desk.colleague, "ventanilla_2") is None
    assert room.sit(room.desk.specialist, "sala_2") is None
    return room


@pytest.fixture
def room(db: None) -> Room:
    return make_room()


@pytest.fixture
def neighbour(db: None) -> Room:
    return make_room("vecino")


@pytest.fixture
def room_for_threads(transactional_db: None) -> Room:
    return make_room()
