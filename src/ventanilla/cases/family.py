"""Cases that opened one another, as far as the reader may see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ventanilla.cases.models import Case
from ventanilla.catalog.published import published
from ventanilla.identity.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Kin:
    """The case above (``is_parent``), or one that this case opened."""

    number: str
    title: str
    status: str
    result: str
    opened_at: datetime
    is_parent: bool


def kin_of(actor: Actor, case: UUID) -> tuple[Kin, ...]:
    """The case that opened this one, then those that this one opened, in order."""
    rows = Case.objects.visible_to(actor).filter(
        Q(children__reference=case) | Q(parent__reference=case)
    )
    found = [
        Kin(
            number=row.number,
            title=published(row.procedure_id).procedure.title,
            status=row.status,
            result=row.result,
            opened_at=row.opened_at,
            is_parent=row.parent is None or row.parent.reference != case,
        )
        for row in rows.select_related("parent").defer("state").order_by("id").distinct()[:50]
    ]
    return tuple(sorted(found, key=lambda one: not one.is_parent))
