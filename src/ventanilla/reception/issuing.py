"""Giving tickets: at the kiosk, at the reception, for an appointment. One deed, one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from ventanilla.identity.actor import Actor
from ventanilla.reception import access
from ventanilla.reception.hall import Hall, hall_of
from ventanilla.reception.models import Ticket, TicketStatus
from ventanilla.reception.numbers import take_number
from ventanilla.reception.outcomes import Because, Deed, NotDone, TicketDone, TicketNotFound
from ventanilla.reception.stretches import begin_stretch, pass_to
from ventanilla.reception.turns import turn_time

MOST_BY_ONE: Final = 20
"""How many tickets one device or person gives within a minute; more is a child at the kiosk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody comes for. ``key`` tells this form, or appointment, from every other."""

    office: str
    service: str
    priority: str = ""
    name: str = ""
    party: UUID | None = None
    source: UUID | None = None
    """The case in which the ticket is given."""
    key: str = ""


def give_ticket(*, actor: Actor, now: datetime, wish: Wish) -> Deed:
    """Give a ticket for a service; the same form again is the same ticket."""
    hall = hall_of(actor.organization_id, wish.office, now)
    if hall.service(wish.service) is None:
        return NotDone(because=Because.UNKNOWN_SERVICE)
    return _once(actor, wish.key, lambda: _give(actor, now, hall, wish))


def expect(*, actor: Actor, now: datetime, wish: Wish, at: datetime) -> Deed:
    """Somebody has an appointment at that hour; told again with the same key, it moves there."""
    hall = hall_of(actor.organization_id, wish.office, now)
    if hall.service(wish.service) is None:
        return NotDone(because=Because.UNKNOWN_SERVICE)
    with transaction.atomic():
        rows = access.tickets_visible_to(actor).select_for_update()
        known = rows.filter(key=wish.key).first() if wish.key else None
        if known is None:
            return _once(actor, wish.key, lambda: _expected(actor, hall, wish, at))
        if known.status != TicketStatus.EXPECTED:
            return NotDone(because=Because.MOVED_ON, label=known.label)
        known.appointment_at, known.day = at, hall.today(at)
        known.save(update_fields=["appointment_at", "day"])
        return told(known)


def arrive(*, actor: Actor, now: datetime, ticket: UUID, priority: str = "") -> Deed:
    """Somebody who was expected is here: they get their number and stand in the same line."""
    with transaction.atomic():
        row = locked(actor, ticket)
        if row.status != TicketStatus.EXPECTED:
            return NotDone(because=Because.MOVED_ON, label=row.label)
        hall = hall_of(actor.organization_id, row.office, now)
        row.priority = priority if priority in hall.priorities else ""
        row.day, row.came_at = hall.today(now), now
        row.label = _label(actor, hall, row)
        row.turn_at = turn_time(
            came_at=now,
            ahead=hall.ahead(row.priority),
            appointment_at=row.appointment_at,
            appointment_ahead=hall.appointment_ahead,
        )
        row.status = TicketStatus.WAITING
        row.save()
        begin_stretch(row, now)
        return told(row)


def withdraw(*, actor: Actor, now: datetime, ticket: UUID) -> Deed:
    """The person left, or will not come."""
    with transaction.atomic():
        row = locked(actor, ticket)
        if row.status not in {TicketStatus.EXPECTED, TicketStatus.WAITING, TicketStatus.NO_SHOW}:
            return NotDone(because=Because.MOVED_ON, label=row.label)
        pass_to(row, TicketStatus.LEFT, now)
        return told(row)


def lapse_before(actor: Actor, hall: Hall, now: datetime) -> None:
    """Close what earlier days left open: yesterday's ticket calls nobody today."""
    stale = access.tickets_visible_to(actor).filter(
        office=hall.office,
        day__lt=hall.today(now),
        status__in=[
            TicketStatus.EXPECTED,
            TicketStatus.WAITING,
            TicketStatus.CALLED,
            TicketStatus.ATTENDED,
        ],
    )
    for row in stale.select_for_update():
        was_attended = row.status == TicketStatus.ATTENDED
        pass_to(row, TicketStatus.DONE if was_attended else TicketStatus.LAPSED, now)


def locked(actor: Actor, ticket: UUID) -> Ticket:
    """The ticket, locked until the transaction ends. Raises TicketNotFound."""
    row = (
        access.tickets_visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("agent", "case")
        .filter(reference=ticket)
        .first()
    )
    if row is None:
        raise TicketNotFound(str(ticket))
    return row


def told(row: Ticket) -> TicketDone:
    """What a deed answers of its ticket."""
    return TicketDone(
        reference=row.reference,
        label=row.label,
        status=row.status,
        queue=row.queue,
        turn_at=row.turn_at,
        case=row.case.reference if row.case else None,
        case_number=row.case.number if row.case else "",
    )


def _give(actor: Actor, now: datetime, hall: Hall, wish: Wish) -> Deed:
    if _is_flooding(actor, now):
        return NotDone(because=Because.TOO_MANY)
    lapse_before(actor, hall, now)
    priority = wish.priority if wish.priority in {one.name for one in hall.offered} else ""
    row = _made(actor, hall, wish, TicketStatus.WAITING)
    row.day, row.came_at, row.priority = hall.today(now), now, priority
    row.turn_at = turn_time(came_at=now, ahead=hall.ahead(priority))
    row.label = _label(actor, hall, row)
    row.save(force_insert=True)
    begin_stretch(row, now)
    return told(row)


def _expected(actor: Actor, hall: Hall, wish: Wish, at: datetime) -> Deed:
    row = _made(actor, hall, wish, TicketStatus.EXPECTED)
    row.day, row.appointment_at = hall.today(at), at
    row.save(force_insert=True)
    return told(row)


def _made(actor: Actor, hall: Hall, wish: Wish, status: TicketStatus) -> Ticket:
    queue = hall.queue_of(wish.service)
    return Ticket(
        organization_id=actor.organization_id,
        office=hall.office,
        queue=queue.name if queue else "",
        service=wish.service,
        status=status,
        party_id=access.party_row(actor, wish.party),
        source_id=access.case_row(actor, wish.source),
        name=wish.name[:200],
        given_by=actor.key,
        key=wish.key[:120],
    )


def _label(actor: Actor, hall: Hall, row: Ticket) -> str:
    """The number on the ticket: the letter of its line, counted anew each day at each office."""
    letter = hall.queues[row.queue].letter if row.queue in hall.queues else "X"
    number = take_number(actor.organization_id, hall.office, row.day, letter)
    return f"{letter}-{number:03d}"


def _is_flooding(actor: Actor, now: datetime) -> bool:
    lately = access.tickets_visible_to(actor).filter(
        given_by=actor.key, came_at__gt=now - timedelta(minutes=1)
    )
    return lately.count() >= MOST_BY_ONE


def _once(actor: Actor, key: str, make: Callable[[], Deed]) -> Deed:
    """What is made under a key is made once, also by two at the same moment."""
    known = _keyed(actor, key)
    if known is not None:
        return told(known)
    try:
        with transaction.atomic():
            return make()
    except IntegrityError:
        known = _keyed(actor, key)
        if known is None:
            raise
        return told(known)


def _keyed(actor: Actor, key: str) -> Ticket | None:
    if not key:
        return None
    return access.tickets_visible_to(actor).select_related("case").filter(key=key[:120]).first()
