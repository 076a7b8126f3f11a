"""What the desk sees of the post: messages that wait for a decision, mails that did not leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from ventanilla.channels import access
from ventanilla.channels.mail.message import MailFile, Understood
from ventanilla.channels.mail.understand import understand
from ventanilla.channels.models import InboundMessage, InboundStatus
from ventanilla.identity.actor import Actor

PAGE: Final = 50
WAITING: Final = (InboundStatus.QUARANTINED, InboundStatus.FAILED)


class MessageNotFound(Exception):
    """The actor's organisation has no such message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxLine:
    """A message that no rule could place. `reason` is a code."""

    reference: UUID
    channel: str
    subject: str
    excerpt: str
    sender_name: str
    sender: str
    received_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxMessage:
    """One message whole, as far as it can be understood, and what was decided about it."""

    line: InboxLine
    is_settled: bool
    settled_at: datetime | None
    settled_by: str
    note: str
    case_number: str
    case: UUID | None
    content: Understood


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedMail:
    """A mail that was given up."""

    key: int
    case: UUID
    case_number: str
    subject: str
    recipient: str
    error: str
    attempts: int
    failed_at: datetime


def inbox(*, actor: Actor, page: int = 1) -> tuple[tuple[InboxLine, ...], bool]:
    """The messages that wait for a person, newest first, and whether there are more."""
    rows = access.inbound_visible_to(actor).filter(status__in=WAITING).defer("raw")
    start = (max(page, 1) - 1) * PAGE
    found = list(rows.order_by("-received_at", "-id")[start : start + PAGE + 1])
    return tuple(_line(row) for row in found[:PAGE]), len(found) > PAGE


def inbox_count(*, actor: Actor) -> int:
    """How many messages wait for a person."""
    return access.inbound_visible_to(actor).filter(status__in=WAITING).count()


def inbox_message(*, actor: Actor, reference: UUID) -> InboxMessage:
    """One message, read again from its bytes."""
    row = (
        access.inbound_visible_to(actor).filter(reference=reference).select_related("case").first()
    )
    if row is None:
        raise MessageNotFound(str(reference))
    case = row.case
    return InboxMessage(
        line=_line(row),
        is_settled=row.status not in (*WAITING, InboundStatus.RECEIVED),
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        note=row.note,
        case_number=case.number if case else "",
        case=case.reference if case else None,
        content=understand(bytes(row.raw or b"")),
    )


def inbox_file(*, actor: Actor, reference: UUID, position: int) -> MailFile:
    """The file at `position` (from 0) of a message that lies in the inbox."""
    files = inbox_message(actor=actor, reference=reference).content.files
    if not 0 <= position < len(files):
        raise MessageNotFound(f"{reference} file {position}")
    return files[position]


def raw_message(*, actor: Actor, reference: UUID) -> bytes:
    """The bytes exactly as they came."""
    row = access.inbound_visible_to(actor).filter(reference=reference).first()
    if row is None or row.raw is None:
        raise MessageNotFound(str(reference))
    return bytes(row.raw)


def failed_mails(*, actor: Actor, page: int = 1) -> tuple[tuple[FailedMail, ...], bool]:
    """The mails that were given up, newest first, and whether there are more."""
    rows = access.effects_within(actor.organization_id).filter(status="failed", medium="email")
    start = (max(page, 1) - 1) * PAGE
    found = list(
        rows.select_related("case", "interaction")
        .defer("case__state")
        .order_by("-created_at", "-id")[start : start + PAGE + 1]
    )
    lines = tuple(
        FailedMail(
            key=effect.pk,
            case=effect.case.reference,
            case_number=effect.case.number,
            subject=effect.interaction.subject,
            recipient=effect.interaction.address,
            error=effect.last_error,
            attempts=effect.attempts,
            failed_at=effect.done_at or effect.created_at,
        )
        for effect in found[:PAGE]
    )
    return lines, len(found) > PAGE


def _line(row: InboundMessage) -> InboxLine:
    return InboxLine(
        reference=row.reference,
        channel=row.channel,
        subject=row.subject,
        excerpt=row.excerpt,
        sender_name=row.sender_name,
        sender=row.sender,
        received_at=row.received_at,
        reason=row.reason,
    )
