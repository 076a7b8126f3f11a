"""The visitor's credential: given against a document, and both given back. One deed each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, transaction

from ventanilla.identity.actor import Actor
from ventanilla.reception import access
from ventanilla.reception.hall import hall_of
from ventanilla.reception.models import Visit
from ventanilla.reception.outcomes import Because, NotDone, VisitNotFound


class Reason(StrEnum):
    """Why somebody goes inside."""

    INTERVIEW = "interview"
    VISIT = "visit"
    CORRESPONDENCE = "correspondence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who goes inside, to whom, and with which credential."""

    office: str
    credential: str
    name: str
    document_kind: str
    document_number: str
    is_document_kept: bool
    reason: Reason
    whom: str
    case: UUID | None = None
    key: str = ""


def give_credential(*, actor: Actor, now: datetime, visitor: Visitor) -> UUID | NotDone:
    """Give a credential; refused while it is out. The same form again is the same visit."""
    hall = hall_of(actor.organization_id, visitor.office, now)
    known = _keyed(actor, visitor.key)
    if known is not None:
        return known
    row = Visit(
        organization_id=actor.organization_id,
        office=hall.office,
        credential=_spelt(visitor.credential),
        name=visitor.name[:200],
        document_kind=visitor.document_kind[:60],
        document_number=visitor.document_number[:60],
        is_document_kept=visitor.is_document_kept,
        reason=visitor.reason,
        whom=visitor.whom[:200],
        case_id=access.case_row(actor, visitor.case),
        given_at=now,
        given_by=actor.key,
        key=visitor.key[:120],
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        known = _keyed(actor, visitor.key)
        if known is not None:
            return known
        out = access.visits_visible_to(actor).filter(
            office=hall.office, credential=row.credential, returned_at=None
        )
        holder = out.first()
        if holder is None:
            raise
        return NotDone(because=Because.CREDENTIAL_OUT, label=row.credential, who=holder.name)
    return row.reference


def take_back(*, actor: Actor, now: datetime, visit: UUID, is_lost: bool = False) -> NotDone | None:
    """The credential is back and the document returned, or the credential is lost."""
    with transaction.atomic():
        row = access.visits_visible_to(actor).select_for_update().filter(reference=visit).first()
        if row is None:
            raise VisitNotFound(str(visit))
        if row.returned_at is not None:
            return NotDone(because=Because.MOVED_ON, label=row.credential)
        row.returned_at, row.returned_by = max(now, row.given_at), actor.key
        row.is_lost = is_lost
        row.save(update_fields=["returned_at", "returned_by", "is_lost"])
    return None


def _spelt(credential: str) -> str:
    return " ".join(credential.split()).upper()[:20]


def _keyed(actor: Actor, key: str) -> UUID | None:
    if not key:
        return None
    rows = access.visits_visible_to(actor).filter(key=key[:120])
    return rows.values_list("reference", flat=True).first()
