"""Forgetting what somebody wrote to us, in the bytes as they came."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ventanilla.channels import access
from ventanilla.identity.actor import Actor


def erase_messages_of(
    *, actor: Actor, party: UUID, addresses: Iterable[str] = (), now: datetime
) -> int:
    """Erases the messages of a party's cases, and what came from these addresses without a case.

    Size, sum and dates stay: the same bytes that come again are still known, and stay erased.
    """
    own = {address.casefold() for address in addresses if address}
    with transaction.atomic():
        rows = access.inbound_visible_to(actor).filter(erased_at=None)
        theirs = rows.filter(Q(case__party__reference=party) | Q(case=None, sender__in=own))
        return (
            access.inbound_visible_to(actor)
            .filter(pk__in=theirs.values("pk"))
            .update(
                raw=None,
                sender="",
                sender_name="",
                subject="",
                excerpt="",
                note="",
                last_error="",
                message_id=None,
                erased_at=now,
            )
        )
