"""Forgetting a person at the telephone: calls keep their times, not whose number it was."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ventanilla.identity.actor import Actor
from ventanilla.telephone import access


def erase_calls_of(*, actor: Actor, party: UUID, addresses: Iterable[str], now: datetime) -> int:
    """Blanks numbers, names and notes of the party's cases and telephones; returns how many."""
    own = [address for address in addresses if address]
    theirs = Q(case__party__reference=party)
    calls = list(
        access.calls_visible_to(actor)
        .filter(theirs | Q(caller__in=own), erased_at=None)
        .values_list("pk", flat=True)
    )
    backs = list(
        access.call_backs_visible_to(actor)
        .filter(theirs | Q(number__in=own) | Q(call__in=calls), erased_at=None)
        .values_list("pk", flat=True)
    )
    access.events_visible_to(actor).filter(call__in=calls).update(caller="", raw=None)
    access.attempts_visible_to(actor).filter(call_back__in=backs).update(note="")
    access.calls_visible_to(actor).filter(pk__in=calls).update(caller="", erased_at=now)
    access.call_backs_visible_to(actor).filter(pk__in=backs).update(
        number="", name="", erased_at=now
    )
    return len(calls) + len(backs)
