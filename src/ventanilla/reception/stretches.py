"""The intervals of a ticket: one ends where the next begins, so that they add up to the whole."""

from datetime import datetime

from ventanilla.reception.models import Stretch, StretchKind, Ticket, TicketStatus

_KINDS = {
    TicketStatus.WAITING: StretchKind.WAITING,
    TicketStatus.CALLED: StretchKind.CALLED,
    TicketStatus.ATTENDED: StretchKind.ATTENDED,
}


def pass_to(ticket: Ticket, status: TicketStatus, now: datetime, *fields: str) -> None:
    """Store the ticket in its new status, with these fields; its open interval ends.

    In the caller's transaction. Time never runs backwards within a ticket: a clock that is behind
    the last change counts as that change.
    """
    rows = Stretch.objects.within(ticket.organization_id)
    last = rows.filter(ticket=ticket, ended_at=None).first()
    at = now if last is None else max(now, last.began_at)
    if last is not None:
        last.ended_at, last.outcome = at, status
        last.save(update_fields=["ended_at", "outcome"])
    ticket.status = status
    ticket.ended_at = None if status in _KINDS else at
    ticket.save(update_fields=["status", "ended_at", *fields])
    begin_stretch(ticket, at)


def begin_stretch(ticket: Ticket, at: datetime) -> None:
    """Begin the interval that the ticket's status asks for, if any."""
    kind = _KINDS.get(TicketStatus(ticket.status))
    if kind is None:
        return
    Stretch(
        organization_id=ticket.organization_id,
        ticket=ticket,
        kind=kind,
        office=ticket.office,
        queue=ticket.queue,
        service=ticket.service,
        counter=ticket.counter,
        agent_id=ticket.agent_id,
        case_id=ticket.case_id,
        began_at=at,
    ).save(force_insert=True)
