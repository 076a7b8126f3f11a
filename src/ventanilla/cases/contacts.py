"""Contacts and files: what came in and what goes out, kept whole beside the case."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from ventanilla.cases.incoming import Arrival, IncomingFile
from ventanilla.cases.models import Attachment, Blob, Interaction
from ventanilla.identity.actor import Actor


def keep_files_of(*, actor: Actor, arrival: Arrival, case_id: int, now: datetime) -> None:
    """Store the files of a contact that was just written, in the caller's transaction."""
    rows = Interaction.objects.visible_to(actor).filter(reference=arrival.reference)
    interaction_id = rows.values_list("id", flat=True).get()
    for reference, file in zip(arrival.files, arrival.incoming.files, strict=True):
        row = _attachment(actor, file, now, reference)
        row.interaction_id = interaction_id
        row.case_id = case_id
        row.save(force_insert=True)


def keep_files(*, actor: Actor, files: Sequence[IncomingFile], now: datetime) -> tuple[UUID, ...]:
    """Store files a person wants to send; they leave with the message that names them."""
    rows = [_attachment(actor, file, now, uuid4()) for file in files]
    for row in rows:
        row.save(force_insert=True)
    return tuple(row.reference for row in rows)


def _attachment(actor: Actor, file: IncomingFile, now: datetime, reference: UUID) -> Attachment:
    return Attachment(
        organization_id=actor.organization_id,
        blob_id=_blob(actor.organization_id, file.content),
        name=file.name[:255] or "archivo",
        content_type=file.content_type[:100],
        size=len(file.content),
        added_at=now,
        added_by=actor.key,
        reference=reference,
    )


def _blob(organization_id: int, content: bytes) -> int:
    digest = sha256(content).hexdigest()
    rows = Blob.objects.within(organization_id)
    found = rows.filter(sha256=digest).values_list("id", flat=True).first()
    if found is not None:
        return found
    row = Blob(organization_id=organization_id, sha256=digest, size=len(content), content=content)
    Blob.objects.within(organization_id).bulk_create([row], ignore_conflicts=True)
    return rows.filter(sha256=digest).values_list("id", flat=True).get()
