"""Forgetting a person: what identifies them goes, the row stays as a tombstone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction

from ventanilla.identity.access import require_administrator
from ventanilla.identity.actor import Actor
from ventanilla.parties.access import (
    activities_of,
    agreements_of,
    changes_of,
    contacts_of,
    identifiers_of,
)
from ventanilla.parties.index import unindex_party
from ventanilla.parties.models import Party
from ventanilla.parties.selectors import PartyNotFound


class EraseTraces(Protocol):
    """Erases what a part of the system above keeps of the party; returns how many things."""

    def __call__(self, *, actor: Actor, party: UUID, now: datetime) -> int: ...


def erase_party(
    *, actor: Actor, now: datetime, reference: UUID, traces: Iterable[EraseTraces]
) -> int:
    """Blanks every personal value of the party, here and wherever `traces` reach; all or nothing.

    For administrators. Twice is as once. Returns how many things elsewhere were erased.
    """
    require_administrator(actor)
    with transaction.atomic():
        rows = Party.objects.visible_to(actor).select_for_update()
        party = rows.filter(reference=reference).first()
        if party is None:
            raise PartyNotFound(str(reference))
        if party.erased_at is None:
            _blank(party, now)
        return sum(erase(actor=actor, party=reference, now=now) for erase in traces)


def _blank(party: Party, now: datetime) -> None:
    identifiers_of([party.pk]).delete()
    contacts_of([party.pk]).delete()
    unindex_party(party)
    activities_of([party.pk]).delete()
    agreements_of([party.pk]).delete()
    changes_of([party.pk]).delete()
    party.executive = None
    party.name, party.name_key, party.attributes = "", "", {}
    party.version += 1
    party.erased_at = party.updated_at = max(now, party.created_at)
    party.save()
