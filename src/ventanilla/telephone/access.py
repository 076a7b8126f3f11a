"""The rows of the telephone, each within one organisation."""

from uuid import UUID

from django.db.models import Q, QuerySet

from ventanilla.cases.models import Case
from ventanilla.identity.actor import Actor
from ventanilla.identity.models import User
from ventanilla.telephone.models import Attempt, Call, CallBack, CallEvent


def calls_visible_to(actor: Actor) -> QuerySet[Call]:
    return Call.objects.visible_to(actor)


def events_visible_to(actor: Actor) -> QuerySet[CallEvent]:
    return CallEvent.objects.visible_to(actor)


def call_backs_visible_to(actor: Actor) -> QuerySet[CallBack]:
    return CallBack.objects.visible_to(actor)


def attempts_visible_to(actor: Actor) -> QuerySet[Attempt]:
    return Attempt.objects.visible_to(actor)


def case_row(actor: Actor, reference: UUID) -> int | None:
    """The row of a case by its public reference."""
    rows = Case.objects.visible_to(actor).filter(reference=reference)
    return rows.values_list("pk", flat=True).first()


def person_at(actor: Actor, told: str) -> int | None:
    """Whose sign-in address or telephone extension it is; nobody when it is two people's."""
    if not told:
        return None
    digits = "".join(mark for mark in told if mark.isdigit())
    which = Q(email=told.casefold())
    if len(digits) >= 2 and "@" not in told:
        which |= Q(phone__endswith=digits)
    rows = User.objects.visible_to(actor).filter(which, is_active=True)
    found = list(rows.values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None
