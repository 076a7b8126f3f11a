"""Reads of the catalogue."""

from dataclasses import dataclass
from datetime import datetime

from ventanilla.catalog.models import ProcedureVersion
from ventanilla.identity.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRow:
    """A published version. `replaced_at` is when the next one took, or takes, its place."""

    id: int
    code: str
    version: int
    edition: int
    title: str
    digest: str
    in_force_from: datetime
    replaced_at: datetime | None


def versions(actor: Actor) -> tuple[VersionRow, ...]:
    """All versions of the actor's organisation, by code, the newest first."""
    rows = ProcedureVersion.objects.visible_to(actor).order_by("code", "-version", "-edition")
    return tuple(
        VersionRow(
            id=row.pk,
            code=row.code,
            version=row.version,
            edition=row.edition,
            title=row.title,
            digest=row.digest,
            in_force_from=row.in_force_from,
            replaced_at=row.replaced_at,
        )
        for row in rows
    )
