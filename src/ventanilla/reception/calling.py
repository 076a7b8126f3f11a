"""The counter: call the next, call again, attend, finish, send on. One deed, one transaction."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from ventanilla.cases.attending import open_and_take
from ventanilla.cases.models import Case
from ventanilla.cases.outcomes import NotMoved
from ventanilla.cases.services import Opening
from ventanilla.catalog.published import ProcedureUnknown
from ventanilla.core.engine.state import Sender
from ventanilla.identity.actor import Actor
from ventanilla.reception import access
from ventanilla.reception.hall import Hall, hall_of
from ventanilla.reception.issuing import lapse_before, locked, told
from ventanilla.reception.models import IN_HAND, Seat, Ticket, TicketStatus
from ventanilla.reception.outcomes import Because, Deed, NotDone
from ventanilla.reception.stretches import pass_to

_FREE = {"counter": "", "agent": None}


def sit(*, actor: Actor, now: datetime, office: str, counter: str) -> NotDone | None:
    """Sit down at a counter, or (without counter) leave it. A person sits at one at a time."""
    hall = hall_of(actor.organization_id, office, now)
    if actor.user_id is None:
        return NotDone(because=Because.NOT_ALLOWED)
    if counter and counter not in hall.counters:
        return NotDone(because=Because.NO_COUNTER)
    seats = access.seats_visible_to(actor)
    held = access.tickets_visible_to(actor).filter(agent_id=actor.user_id, status__in=IN_HAND)
    with transaction.atomic():
        in_hand = held.first()
        if in_hand is not None and in_hand.counter != counter:
            return NotDone(because=Because.IN_HAND, label=in_hand.label)
        seats.filter(user_id=actor.user_id).delete()
        if not counter:
            return None
        other = seats.select_related("user").filter(office=office, counter=counter).first()
        if other is not None:
            holds = access.tickets_visible_to(actor).filter(
                office=office, counter=counter, status__in=IN_HAND
            )
            if holds.exists():
                transaction.set_rollback(True)
                return NotDone(because=Because.COUNTER_TAKEN, who=other.user.full_name)
            other.delete()
        Seat(
            organization_id=actor.organization_id,
            user_id=actor.user_id,
            office=office,
            counter=counter,
            since=now,
        ).save(force_insert=True)
    return None


def call_next(*, actor: Actor, now: datetime) -> Deed:
    """Call whoever's turn it is at the actor's counter. Nobody is called by two.

    Rows that another counter is taking at this moment are passed over, and what a person or a
    counter holds is unique in the database, so that a double click calls once.
    """
    try:
        with transaction.atomic():
            return _call_next(actor, now)
    except IntegrityError:
        in_hand = _in_hand(actor)
        if in_hand is None:
            raise
        return NotDone(because=Because.IN_HAND, label=in_hand.label)


def _call_next(actor: Actor, now: datetime) -> Deed:
    seats = access.seats_visible_to(actor)
    seat = seats.filter(user_id=actor.user_id).first() if actor.user_id else None
    if seat is None:
        return NotDone(because=Because.NO_COUNTER)
    in_hand = _in_hand(actor)
    hall = hall_of(actor.organization_id, seat.office, now)
    if in_hand is not None and in_hand.day < hall.today(now):
        lapse_before(actor, hall, now)
    elif in_hand is not None:
        return NotDone(because=Because.IN_HAND, label=in_hand.label)
    row = _next(actor, hall, seat.counter, now)
    if row is None:
        return NotDone(because=Because.NOBODY_WAITS)
    row.agent_id, row.counter = actor.user_id, seat.counter
    row.calls, row.called_at = row.calls + 1, now
    pass_to(row, TicketStatus.CALLED, now, "agent", "counter", "calls", "called_at")
    return told(row)


def _next(actor: Actor, hall: Hall, counter: str, now: datetime) -> Ticket | None:
    return (
        access.tickets_visible_to(actor)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("case")
        .filter(
            office=hall.office,
            day=hall.today(now),
            status=TicketStatus.WAITING,
            queue__in=hall.called_by(actor, counter),
        )
        .order_by("turn_at", "id")
        .first()
    )


def call_again(*, actor: Actor, now: datetime, ticket: UUID) -> Deed:
    """Nobody came yet: the panel shows the ticket once more."""
    with transaction.atomic():
        row = locked(actor, ticket)
        wrong = _not_mine(actor, row, TicketStatus.CALLED)
        if wrong is not None:
            return wrong
        row.calls, row.called_at = row.calls + 1, now
        row.save(update_fields=["calls", "called_at"])
        return told(row)


def no_show(*, actor: Actor, now: datetime, ticket: UUID) -> Deed:
    """Nobody came; should the person show up the same day, the ticket can be put back."""
    with transaction.atomic():
        row = locked(actor, ticket)
        wrong = _not_mine(actor, row, TicketStatus.CALLED)
        if wrong is not None:
            return wrong
        pass_to(row, TicketStatus.NO_SHOW, now)
        return told(row)


def put_back(*, actor: Actor, now: datetime, ticket: UUID) -> Deed:
    """Back to the line, to the very place: for who shows up after all, or was called by mistake."""
    with transaction.atomic():
        row = locked(actor, ticket)
        mine = row.status == TicketStatus.CALLED and row.agent_id == actor.user_id
        hall = hall_of(actor.organization_id, row.office, now)
        if not (mine or row.status == TicketStatus.NO_SHOW) or row.day != hall.today(now):
            return NotDone(because=Because.MOVED_ON, label=row.label)
        _set_free(row)
        pass_to(row, TicketStatus.WAITING, now, *_FREE)
        return told(row)


def attend(*, actor: Actor, now: datetime, ticket: UUID) -> Deed:
    """The person is here: their attention begins, and the case that their service names opens.

    The case knows its ticket and the ticket its case. A ticket that brings the case along (sent
    on from another line with the same procedure) goes on with that one.
    """
    with transaction.atomic():
        row = locked(actor, ticket)
        wrong = _not_mine(actor, row, TicketStatus.CALLED)
        if wrong is not None:
            return wrong
        hall = hall_of(actor.organization_id, row.office, now)
        opened = _case_for(actor, now, hall, row)
        if isinstance(opened, NotDone):
            transaction.set_rollback(True)
            return opened
        if opened is not None:
            row.case = opened
        pass_to(row, TicketStatus.ATTENDED, now, "case")
        return told(row)


def finish(*, actor: Actor, now: datetime, ticket: UUID) -> Deed:
    """The attention at the counter is over; the case goes its own way."""
    with transaction.atomic():
        row = locked(actor, ticket)
        wrong = _not_mine(actor, row, TicketStatus.ATTENDED)
        if wrong is not None:
            return wrong
        pass_to(row, TicketStatus.DONE, now)
        return told(row)


def send_on(*, actor: Actor, now: datetime, ticket: UUID, service: str) -> Deed:
    """To another service, perhaps in another line, with the turn that the ticket had."""
    with transaction.atomic():
        row = locked(actor, ticket)
        hall = hall_of(actor.organization_id, row.office, now)
        queue = hall.queue_of(service)
        if queue is None:
            return NotDone(because=Because.UNKNOWN_SERVICE)
        if row.status in IN_HAND and row.agent_id != actor.user_id:
            return _held_by(row)
        if row.status not in {*IN_HAND, TicketStatus.WAITING}:
            return NotDone(because=Because.MOVED_ON, label=row.label)
        row.service, row.queue = service, queue.name
        _set_free(row)
        pass_to(row, TicketStatus.WAITING, now, "service", "queue", *_FREE)
        return told(row)


def _set_free(row: Ticket) -> None:
    row.counter, row.agent = "", None


def _in_hand(actor: Actor) -> Ticket | None:
    rows = access.tickets_visible_to(actor)
    return rows.filter(agent_id=actor.user_id, status__in=IN_HAND).first()


def _not_mine(actor: Actor, row: Ticket, expected: TicketStatus) -> NotDone | None:
    if row.status != expected:
        return NotDone(because=Because.MOVED_ON, label=row.label)
    return None if row.agent_id == actor.user_id else _held_by(row)


def _held_by(row: Ticket) -> NotDone:
    who = row.agent.full_name if row.agent else ""
    return NotDone(because=Because.NOT_YOURS, label=row.label, who=who)


def _case_for(actor: Actor, now: datetime, hall: Hall, row: Ticket) -> Case | NotDone | None:
    """The case of this attention; None when the service opens none."""
    service = hall.service(row.service)
    if service is None or service.opens is None:
        return None
    if row.case is not None and _goes_on(row.case, service.opens):
        return None
    opening = Opening(
        procedure=service.opens,
        channel="desk",
        office=row.office,
        happened_at=now,
        subject=service.title,
        sender=Sender(name=row.name),
        party=row.party.reference if row.party else None,
    )
    try:
        outcome = open_and_take(actor=actor, now=now, opening=opening)
    except ProcedureUnknown:
        return NotDone(because=Because.NOT_OPENED, label=row.label)
    if isinstance(outcome, NotMoved):
        return NotDone(because=Because.NOT_OPENED, label=row.label)
    return Case.objects.visible_to(actor).defer("state").get(reference=outcome.reference)


def _goes_on(case: Case, procedure: str) -> bool:
    return case.status == "open" and case.procedure.code == procedure
