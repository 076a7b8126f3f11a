"""Intake: bytes are stored first, by themselves; then they are understood and find their place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, assert_never
from uuid import UUID

import structlog
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from ventanilla.cases.incoming import Incoming, IncomingFile
from ventanilla.cases.models import Case, Interaction
from ventanilla.cases.outcomes import Moved, NotMoved, Outcome
from ventanilla.cases.services import Opening, open_case, receive, record_delivery
from ventanilla.catalog.published import ProcedureUnknown
from ventanilla.channels import access
from ventanilla.channels.doors import door_named
from ventanilla.channels.mail.charsets import one_line
from ventanilla.channels.mail.message import MailFile, Understood
from ventanilla.channels.mail.understand import understand
from ventanilla.channels.models import InboundMessage, InboundStatus
from ventanilla.channels.routing import (
    Flag,
    Ignore,
    Reason,
    ToCase,
    ToNewCase,
    ToQuarantine,
    route,
)
from ventanilla.core.engine.facts import Delivery
from ventanilla.core.engine.state import Sender
from ventanilla.identity.actor import Actor, system_actor
from ventanilla.parties.selectors import party_with_email

FIRST_HOLD: Final = timedelta(seconds=10)
_HOLD: Final = timedelta(seconds=60)
_ATTEMPTS: Final = 5
_INTAKE: Final = "intake"
_ERROR: Final = 500

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A stored message that one process is placing; `attempt` is the fencing number."""

    inbound_id: int
    organization_id: int
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """The bytes are safe. `held` is missing when the very same bytes had been stored before."""

    reference: UUID
    held: Held | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a message went."""

    reference: UUID
    status: InboundStatus
    reason: str = ""
    case: UUID | None = None
    number: str = ""


class AlreadySettled(Exception):
    """Another process has placed the message, or holds it now."""


def store_raw(*, organization_id: int, channel: str, raw: bytes, now: datetime) -> Stored:
    """Stores the bytes in a transaction of their own. The same bytes twice are one message.

    Whoever stores also holds the message for a moment, to place it at once.
    """
    digest = sha256(raw).hexdigest()
    with transaction.atomic(durable=True):
        row, is_new = (
            access.inbound_within(organization_id)
            .defer("raw")
            .get_or_create(
                sha256=digest,
                defaults={
                    "organization_id": organization_id,
                    "channel": channel,
                    "raw": raw,
                    "size": len(raw),
                    "received_at": now,
                    "attempts": 1,
                    "retry_at": now + FIRST_HOLD,
                },
            )
        )
    held = Held(inbound_id=row.pk, organization_id=organization_id, attempt=1) if is_new else None
    return Stored(reference=row.reference, held=held)


def receive_raw(*, organization_id: int, channel: str, raw: bytes, now: datetime) -> Placement:
    """Stores the bytes and places the message at once; a failure leaves it to the worker."""
    stored = store_raw(organization_id=organization_id, channel=channel, raw=raw, now=now)
    if stored.held is None:
        return _as_it_stands(organization_id, stored.reference)
    try:
        return _place_bytes(stored.held, raw, now)
    except AlreadySettled:
        return _as_it_stands(organization_id, stored.reference)
    except Exception as error:  # noqa: BLE001 - accepted means stored; the worker tries again
        _put_back(stored.held, error, now)
        return Placement(reference=stored.reference, status=InboundStatus.RECEIVED)


def place_next(*, now: datetime) -> Placement | None:
    """Places the message that has waited longest; None when there is none to place."""
    held = _hold_next(now)
    if held is None:
        return None
    row = access.inbound_within(held.organization_id).defer("raw").get(pk=held.inbound_id)
    try:
        return place(held=held, now=now)
    except AlreadySettled:
        return _as_it_stands(held.organization_id, row.reference)
    except Exception as error:  # noqa: BLE001 - one bad message must not stop the others
        status = _put_back(held, error, now)
        return Placement(reference=row.reference, status=status)


def place(*, held: Held, now: datetime) -> Placement:
    """Understands a held message and puts it where it belongs, all in one transaction.

    Raises AlreadySettled when the message is no longer ours to place.
    """
    rows = access.inbound_within(held.organization_id)
    raw = rows.values_list("raw", flat=True).get(pk=held.inbound_id)
    return _place_bytes(held, bytes(raw or b""), now)


def incoming_of(row: InboundMessage, message: Understood, flag: Flag, *, robot: bool) -> Incoming:
    """The message as a contact: what the writer added as text, the rest as quotation."""
    sender = message.sender
    return Incoming(
        medium="email",
        at=row.received_at,
        name=sender.name if sender else "",
        address=sender.address if sender else "",
        subject=message.subject,
        text=message.reply or message.text,
        quoted=message.quoted if message.reply else "",
        html=message.html,
        message_id=message.message_id or "",
        robot=robot,
        flag=str(flag),
        files=tuple(_file(file) for file in message.files),
    )


def settle(row: InboundMessage, message: Understood, now: datetime, **columns: object) -> None:
    """Writes what is known of a message and where it went, in the caller's transaction."""
    sender = message.sender
    access.inbound_within(row.organization_id).filter(pk=row.pk).update(
        sender=sender.address.casefold()[:320] if sender else "",
        sender_name=sender.name if sender else "",
        subject=message.subject,
        excerpt=one_line(message.reply or message.text, 300),
        settled_at=now,
        last_error="",
        **columns,
    )


def _place_bytes(held: Held, raw: bytes, now: datetime) -> Placement:
    row = access.inbound_within(held.organization_id).defer("raw").get(pk=held.inbound_id)
    message = understand(raw)
    at = max(now, row.received_at)
    try:
        return _place(held, row, message, at)
    except IntegrityError:
        # Somebody wrote the same file or identifier at the same moment; now it can be seen.
        return _place(held, row, message, at)


def _place(held: Held, row: InboundMessage, message: Understood, now: datetime) -> Placement:
    with transaction.atomic():
        _lock(held)
        goal = route(row, message)
        match goal:
            case ToCase():
                return _into_case(row, message, goal, now)
            case ToNewCase():
                return _into_new_case(row, message, goal, now)
            case ToQuarantine():
                return _quarantine(row, message, goal.reason, now)
            case Ignore():
                return _ignore(row, message, goal, now)
        assert_never(goal)


def _into_case(row: InboundMessage, message: Understood, goal: ToCase, now: datetime) -> Placement:
    actor = _intake(row.organization_id)
    incoming = incoming_of(row, message, goal.flag, robot=goal.robot)
    with transaction.atomic():
        outcome = receive(actor=actor, now=now, case=goal.case.reference, incoming=incoming)
        if isinstance(outcome, Moved) and goal.returned is not None:
            _returned(actor, goal.returned, message, now)
    return _settled(row, message, outcome, now)


def _into_new_case(
    row: InboundMessage, message: Understood, goal: ToNewCase, now: datetime
) -> Placement:
    door = door_named(row.organization_id, row.channel, now)
    if door is None or door.opens is None or message.sender is None:
        return _quarantine(row, message, Reason.NOTHING_TO_OPEN, now)
    opening = Opening(
        procedure=door.opens,
        channel=door.channel,
        office=door.office,
        happened_at=row.received_at,
        subject=message.subject[:300],
        sender=Sender(name=message.sender.name, email=message.sender.address),
        party=party_with_email(row.organization_id, message.sender.address),
        incoming=incoming_of(row, message, goal.flag, robot=False),
    )
    try:
        with transaction.atomic():
            outcome = open_case(actor=_intake(row.organization_id), now=now, opening=opening)
    except ProcedureUnknown:
        return _quarantine(row, message, Reason.NOTHING_TO_OPEN, now)
    return _settled(row, message, outcome, now)


def _settled(
    row: InboundMessage, message: Understood, outcome: Outcome, now: datetime
) -> Placement:
    if isinstance(outcome, NotMoved):
        _log.warning("message_refused", message=str(row.reference), code=str(outcome.refusal.code))
        return _quarantine(row, message, Reason.REFUSED, now)
    contact_id, case_id = access.contact_received(row.organization_id, outcome.facts)
    settle(
        row,
        message,
        now,
        status=InboundStatus.PLACED,
        message_id=message.message_id,
        case_id=case_id,
        interaction_id=contact_id,
    )
    return Placement(
        reference=row.reference,
        status=InboundStatus.PLACED,
        case=outcome.reference,
        number=outcome.number,
    )


def _quarantine(row: InboundMessage, message: Understood, reason: str, now: datetime) -> Placement:
    keeps_identifier = reason != Reason.IDENTIFIER_REUSED
    settle(
        row,
        message,
        now,
        status=InboundStatus.QUARANTINED,
        reason=reason,
        message_id=message.message_id if keeps_identifier else None,
    )
    return Placement(reference=row.reference, status=InboundStatus.QUARANTINED, reason=reason)


def _ignore(row: InboundMessage, message: Understood, goal: Ignore, now: datetime) -> Placement:
    first = goal.duplicate_of
    settle(
        row,
        message,
        now,
        status=InboundStatus.IGNORED,
        reason=goal.reason,
        duplicate_of=first,
        case_id=first.case_id,
    )
    return Placement(reference=row.reference, status=InboundStatus.IGNORED, reason=goal.reason)


def _returned(actor: Actor, returned: Interaction, message: Understood, now: datetime) -> None:
    """The case and the effect learn that a mail of ours came back."""
    bounce = message.bounce
    recipient = bounce.recipients[0] if bounce is not None and bounce.recipients else None
    detail = f"{recipient.status} {recipient.diagnostic}".strip() if recipient else ""
    record_delivery(
        actor=actor,
        now=now,
        case=access.reference_of_case(returned),
        key=returned.key,
        delivery=Delivery.BOUNCED,
        detail=detail,
    )
    access.effects_within(actor.organization_id).filter(interaction=returned).update(
        last_error=f"bounced: {detail}"[:_ERROR]
    )


def _file(file: MailFile) -> IncomingFile:
    return IncomingFile(name=file.name, content_type=file.media_type, content=file.content)


def _intake(organization_id: int) -> Actor:
    return system_actor(organization_id, _INTAKE)


def _hold_next(now: datetime) -> Held | None:
    """Takes the message that has waited longest, for the time of a hold."""
    waiting = access.inbound_anywhere().filter(status=InboundStatus.RECEIVED, retry_at__lte=now)
    if not waiting.exists():
        return None
    with transaction.atomic():
        rows = waiting.only("id", "organization_id", "attempts").order_by("retry_at", "id")
        row = rows.select_for_update(skip_locked=connection.features.has_select_for_update).first()
        if row is None:
            return None
        attempt = row.attempts + 1
        rows.filter(pk=row.pk).order_by().update(attempts=attempt, retry_at=now + _HOLD)
    if attempt > _ATTEMPTS:
        # Whoever held it before did not live to say what went wrong.
        _give_up(row)
        return None
    return Held(inbound_id=row.pk, organization_id=row.organization_id, attempt=attempt)


def _lock(held: Held) -> None:
    """Makes sure that the message is still to be placed, and by us; the row stays locked."""
    rows = access.inbound_within(held.organization_id)
    ours = rows.filter(
        pk=held.inbound_id, status=InboundStatus.RECEIVED, attempts=held.attempt
    ).update(attempts=F("attempts"))
    if not ours:
        raise AlreadySettled(f"message {held.inbound_id}")


def _put_back(held: Held, error: Exception, now: datetime) -> InboundStatus:
    """Notes what went wrong; after several times a person has to look."""
    last = held.attempt >= _ATTEMPTS
    status = InboundStatus.FAILED if last else InboundStatus.RECEIVED
    _log.exception("message_not_placed", attempt=held.attempt, error=type(error).__name__)
    rows = access.inbound_within(held.organization_id)
    rows.filter(pk=held.inbound_id, status=InboundStatus.RECEIVED, attempts=held.attempt).update(
        status=status,
        reason=Reason.FAILED if last else "",
        retry_at=now + timedelta(seconds=10 * 2**held.attempt),
        last_error=one_line(f"{type(error).__name__}: {error}", _ERROR),
    )
    return status


def _give_up(row: InboundMessage) -> None:
    access.inbound_within(row.organization_id).filter(pk=row.pk).update(
        status=InboundStatus.FAILED, reason=Reason.FAILED
    )


def _as_it_stands(organization_id: int, reference: UUID) -> Placement:
    rows = access.inbound_within(organization_id).defer("raw").select_related("case")
    row = rows.get(reference=reference)
    case: Case | None = row.case
    return Placement(
        reference=reference,
        status=InboundStatus(row.status),
        reason=row.reason,
        case=case.reference if case else None,
        number=case.number if case else "",
    )
