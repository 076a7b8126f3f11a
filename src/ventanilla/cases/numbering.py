"""A new case's folio: the year of its office, and the next number of the year's book."""

from datetime import datetime
from uuid import UUID, uuid4

from ventanilla.cases import store
from ventanilla.catalog.published import Published
from ventanilla.core.engine.scope import zone_of


def new_case(
    organization_id: int,
    version: Published,
    now: datetime,
    *,
    channel: str,
    office: str,
    opened_at: datetime,
    reference: UUID | None = None,
    parent: store.Parent | None = None,
) -> store.NewCase:
    """What a case is created with; its number is taken in the caller's transaction."""
    year = now.astimezone(zone_of(version.procedure, office)).year
    return store.NewCase(
        reference=reference or uuid4(),
        organization_id=organization_id,
        number=f"{year}-{store.take_number(organization_id, str(year)):06d}",
        procedure_id=version.id,
        channel=channel,
        office=office,
        opened_at=opened_at,
        parent=parent,
    )
