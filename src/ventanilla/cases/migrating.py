"""Open cases and the version in force: what going over would mean for each, and doing it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ventanilla.cases import store
from ventanilla.cases.models import Case, CaseStatus
from ventanilla.cases.outcomes import CaseNotFound, NotMoved, Outcome
from ventanilla.cases.services import tick
from ventanilla.cases.states import load_state
from ventanilla.cases.transaction import go_over
from ventanilla.catalog.published import Published, in_force, published
from ventanilla.core.engine.migration import Preview, preview
from ventanilla.identity.access import require_administrator
from ventanilla.identity.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationLine:
    """An open case on an earlier version, and what going over would mean for it."""

    reference: UUID
    number: str
    who: str
    version: int
    edition: int
    preview: Preview


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrations:
    """The version in force and the open cases that are not on it."""

    code: str
    title: str
    version: int
    edition: int
    lines: tuple[MigrationLine, ...]


def migrations(*, actor: Actor, code: str, now: datetime, limit: int = 500) -> Migrations:
    """The cases of a procedure that could go over; raises ProcedureUnknown, NotAllowed."""
    require_administrator(actor)
    target = in_force(actor.organization_id, code, now)
    rows = (
        Case.objects.visible_to(actor)
        .filter(status=CaseStatus.OPEN, procedure__code=code)
        .exclude(procedure_id=target.id)
        .select_related("party")
        .order_by("opened_at", "id")[:limit]
    )
    return Migrations(
        code=code,
        title=target.title,
        version=target.version,
        edition=target.edition,
        lines=tuple(_line(case, target, now) for case in rows),
    )


def migrate_case(*, actor: Actor, now: datetime, case: UUID, code: str) -> Outcome:
    """Take a case to the version in force; whatever is due in it is done before.

    Refused with the step that stands against it. Raises CaseNotFound, ProcedureUnknown, NotAllowed.
    """
    require_administrator(actor)
    target = in_force(actor.organization_id, code, now)
    with transaction.atomic():
        ticked = tick(actor=actor, now=now, case=case)
        if isinstance(ticked, NotMoved):
            return ticked
        row = store.lock_case(actor.organization_id, case)
        if row is None or published(row.procedure_id).code != code:
            raise CaseNotFound(str(case))
        return go_over(actor, now, row, target)


def _line(case: Case, target: Published, now: datetime) -> MigrationLine:
    version = published(case.procedure_id)
    state = load_state(version.procedure, case.state)
    return MigrationLine(
        reference=case.reference,
        number=case.number,
        who=(case.party.name if case.party else "") or case.contact,
        version=version.version,
        edition=version.edition,
        preview=preview(version.procedure, target.procedure, state, now),
    )
