"""Forgetting a person at the reception: their tickets and visits keep times, not names."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ventanilla.identity.actor import Actor
from ventanilla.reception import access


def erase_reception_of(*, actor: Actor, party: UUID, now: datetime) -> int:
    """Blanks names and documents on what the party's own rows and cases left; returns how many."""
    theirs = Q(party__reference=party) | Q(case__party__reference=party)
    tickets = access.tickets_visible_to(actor).filter(
        theirs | Q(source__party__reference=party), erased_at=None
    )
    visits = access.visits_visible_to(actor).filter(theirs, erased_at=None)
    ticket_rows = list(tickets.values_list("pk", flat=True))
    visit_rows = list(visits.values_list("pk", flat=True))
    access.tickets_visible_to(actor).filter(pk__in=ticket_rows).update(name="", erased_at=now)
    access.visits_visible_to(actor).filter(pk__in=visit_rows).update(
        name="", document_number="", whom="", erased_at=now
    )
    return len(ticket_rows) + len(visit_rows)
