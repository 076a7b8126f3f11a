"""Contacts and files: what came in and what goes out, kept whole beside the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from ventanilla.cases.models import Attachment, Blob, Direction, Interaction
from ventanilla.identity.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFile:
    """A file as it came: the name is only shown, the type was sniffed and not believed."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A contact from outside, understood: a mail, a call, a visit.

    ``medium`` is ``email``, ``voice``, … ``flag`` says why somebody should look twice.
    """

    medium: str
    at: datetime
    name: str = ""
    address: str = ""
    subject: str = ""
    text: str = ""
    quoted: str = ""
    html: str = ""
    message_id: str = ""
    robot: bool = False
    flag: str = ""
    files: tuple[IncomingFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """References of a contact and its files as stored."""

    row_id: int
    reference: UUID
    files: tuple[UUID, ...]


def keep_incoming(*, actor: Actor, incoming: Incoming, now: datetime) -> Kept:
    """Store a contact that belongs to no case yet, with its files, in the caller's transaction."""
    row = Interaction(
        organization_id=actor.organization_id,
        direction=Direction.IN,
        medium=incoming.medium,
        at=incoming.at,
        name=incoming.name[:300],
        address=incoming.address[:320],
        subject=incoming.subject[:500],
        text=incoming.text,
        quoted=incoming.quoted,
        html=incoming.html,
        message_id=incoming.message_id[:998],
        robot=incoming.robot,
        flag=incoming.flag,
    )
    row.save(force_insert=True)
    files = tuple(
        _attach(actor, file, now, interaction_id=row.pk).reference for file in incoming.files
    )
    return Kept(row_id=row.pk, reference=row.reference, files=files)


def keep_files(*, actor: Actor, files: Sequence[IncomingFile], now: datetime) -> tuple[UUID, ...]:
    """Store files a person wants to send; they leave with the message that names them."""
    return tuple(_attach(actor, file, now).reference for file in files)


def _attach(
    actor: Actor, file: IncomingFile, now: datetime, interaction_id: int | None = None
) -> Attachment:
    row = Attachment(
        organization_id=actor.organization_id,
        interaction_id=interaction_id,
        blob_id=_blob(actor.organization_id, file.content),
        name=file.name[:255] or "archivo",
        content_type=file.content_type[:100],
        size=len(file.content),
        added_at=now,
        added_by=actor.key,
        reference=uuid4(),
    )
    row.save(force_insert=True)
    return row


def _blob(organization_id: int, content: bytes) -> int:
    digest = sha256(content).hexdigest()
    rows = Blob.objects.within(organization_id)
    found = rows.filter(sha256=digest).values_list("id", flat=True).first()
    if found is not None:
        return found
    row = Blob(organization_id=organization_id, sha256=digest, size=len(content), content=content)
    row.save(force_insert=True)
    return int(row.pk)
