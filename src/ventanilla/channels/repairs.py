"""What a person decides about post that no rule could place, and about mail that did not leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from ventanilla.cases.outcomes import NotMoved, Outcome
from ventanilla.cases.services import Opening, open_case, receive
from ventanilla.catalog.published import ProcedureUnknown
from ventanilla.channels import access, outbox
from ventanilla.channels.doors import door_named
from ventanilla.channels.mail.message import Kind, Understood
from ventanilla.channels.mail.understand import understand
from ventanilla.channels.models import InboundMessage, InboundStatus
from ventanilla.channels.routing import Flag
from ventanilla.channels.selectors import WAITING, MessageNotFound
from ventanilla.channels.services import Placement, incoming_of, settle
from ventanilla.core.engine.commands import Refused
from ventanilla.core.engine.state import Sender
from ventanilla.identity.actor import Actor
from ventanilla.parties.selectors import party_with_email


class Hindrance(StrEnum):
    """Why the message stays where it is."""

    SETTLED_ALREADY = "settled_already"
    CASE_UNKNOWN = "case_unknown"
    PROCEDURE_UNKNOWN = "procedure_unknown"
    REASON_NEEDED = "reason_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRepaired:
    """Nothing changed: the hindrance, or what the case itself refused."""

    hindrance: Hindrance | None = None
    refusal: Refused | None = None


def put_into_case(
    *, actor: Actor, now: datetime, reference: UUID, number: str
) -> Placement | NotRepaired:
    """Puts a waiting message into the case of that number. A robot's still moves nothing."""
    with transaction.atomic():
        row = _waiting(actor, reference)
        if row is None:
            return NotRepaired(hindrance=Hindrance.SETTLED_ALREADY)
        case = access.case_numbered(actor, number)
        if case is None:
            return NotRepaired(hindrance=Hindrance.CASE_UNKNOWN)
        message = understand(bytes(row.raw or b""))
        robot = message.kind is not Kind.ORDINARY
        incoming = incoming_of(row, message, Flag.NONE, robot=robot)
        outcome = receive(actor=actor, now=now, case=case.reference, incoming=incoming)
        return _repaired(actor, row, message, outcome, now)


def open_case_with(
    *, actor: Actor, now: datetime, reference: UUID, procedure: str = "", office: str = ""
) -> Placement | NotRepaired:
    """Opens a case with a waiting message: of the procedure named, or the one its door opens."""
    with transaction.atomic():
        row = _waiting(actor, reference)
        if row is None:
            return NotRepaired(hindrance=Hindrance.SETTLED_ALREADY)
        door = door_named(actor.organization_id, row.channel, now)
        opens = procedure or (door.opens if door else None)
        if door is None or opens is None:
            return NotRepaired(hindrance=Hindrance.PROCEDURE_UNKNOWN)
        message = understand(bytes(row.raw or b""))
        opening = Opening(
            procedure=opens,
            channel=door.channel,
            office=office or door.office,
            happened_at=row.received_at,
            subject=message.subject[:300],
            sender=_sender(message),
            party=_party(actor, message),
            incoming=incoming_of(row, message, Flag.NONE, robot=False),
        )
        try:
            with transaction.atomic():
                outcome = open_case(actor=actor, now=now, opening=opening)
        except ProcedureUnknown:
            return NotRepaired(hindrance=Hindrance.PROCEDURE_UNKNOWN)
        return _repaired(actor, row, message, outcome, now)


def discard(
    *, actor: Actor, now: datetime, reference: UUID, reason: str
) -> Placement | NotRepaired:
    """Takes a waiting message off the list; it is kept with the reason and who decided it."""
    if not reason.strip():
        return NotRepaired(hindrance=Hindrance.REASON_NEEDED)
    with transaction.atomic():
        row = _waiting(actor, reference)
        if row is None:
            return NotRepaired(hindrance=Hindrance.SETTLED_ALREADY)
        access.inbound_visible_to(actor).filter(pk=row.pk).update(
            status=InboundStatus.IGNORED,
            settled_at=max(now, row.received_at),
            settled_by=actor.key,
            note=reason.strip()[:500],
        )
    return Placement(reference=reference, status=InboundStatus.IGNORED, reason=row.reason)


def send_again(*, actor: Actor, now: datetime, key: int) -> bool:
    """Puts a mail that was given up back into the outbox; False when it is not given up."""
    with transaction.atomic():
        return outbox.revive(actor.organization_id, key, now)


def _waiting(actor: Actor, reference: UUID) -> InboundMessage | None:
    """The message, locked, if it still waits; raises MessageNotFound when there is none."""
    rows = access.inbound_visible_to(actor).filter(reference=reference)
    row = rows.select_for_update().first()
    if row is None:
        raise MessageNotFound(str(reference))
    return row if row.status in WAITING else None


def _repaired(
    actor: Actor, row: InboundMessage, message: Understood, outcome: Outcome, now: datetime
) -> Placement | NotRepaired:
    if isinstance(outcome, NotMoved):
        return NotRepaired(refusal=outcome.refusal)
    contact_id, case_id = access.contact_received(actor.organization_id, outcome.facts)
    settle(
        row,
        message,
        max(now, row.received_at),
        status=InboundStatus.PLACED,
        reason="",
        case_id=case_id,
        interaction_id=contact_id,
        settled_by=actor.key,
    )
    return Placement(
        reference=row.reference,
        status=InboundStatus.PLACED,
        case=outcome.reference,
        number=outcome.number,
    )


def _sender(message: Understood) -> Sender:
    if message.sender is None:
        return Sender()
    return Sender(name=message.sender.name, email=message.sender.address)


def _party(actor: Actor, message: Understood) -> UUID | None:
    if message.sender is None:
        return None
    return party_with_email(actor.organization_id, message.sender.address)
