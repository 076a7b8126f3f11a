"""The rows of the reception, each within one organisation."""

from uuid import UUID

from django.db.models import QuerySet

from ventanilla.cases.models import Case
from ventanilla.identity.actor import Actor
from ventanilla.parties.models import Party
from ventanilla.reception.models import Seat, Stretch, Ticket, Visit


def tickets_visible_to(actor: Actor) -> QuerySet[Ticket]:
    return Ticket.objects.visible_to(actor)


def stretches_visible_to(actor: Actor) -> QuerySet[Stretch]:
    return Stretch.objects.visible_to(actor)


def seats_visible_to(actor: Actor) -> QuerySet[Seat]:
    return Seat.objects.visible_to(actor)


def visits_visible_to(actor: Actor) -> QuerySet[Visit]:
    return Visit.objects.visible_to(actor)


def party_row(actor: Actor, reference: UUID | None) -> int | None:
    """The row of a party by its public reference; None when there is no such party."""
    if reference is None:
        return None
    rows = Party.objects.visible_to(actor).filter(reference=reference, erased_at=None)
    return rows.values_list("pk", flat=True).first()


def case_row(actor: Actor, reference: UUID | None) -> int | None:
    """The row of a case by its public reference; None when there is no such case."""
    if reference is None:
        return None
    return (
        Case.objects.visible_to(actor)
        .filter(reference=reference)
        .values_list("pk", flat=True)
        .first()
    )
