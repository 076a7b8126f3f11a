"""Forgetting what somebody wrote to us, in the bytes as they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from ventanilla.channels import access
from ventanilla.channels.models import InboundStatus
from ventanilla.channels.selectors import WAITING
from ventanilla.identity.actor import Actor


def erase_messages_of(
    *, actor: Actor, party: UUID, addresses: Iterable[str] = (), now: datetime
) -> int:
    """Erases the messages of a party's cases, and what came from these addresses without a case.

    Also those of contacts that are erased already, copies of what is erased, and what could not
    be read but carries one of the addresses. Size, sum and dates stay: the same bytes that come
    again are still known, and stay erased.
    """
    own = {address.casefold() for address in addresses if address}
    with transaction.atomic():
        rows = access.inbound_visible_to(actor).filter(erased_at=None)
        theirs = set(
            rows.filter(
                Q(case__party__reference=party)
                | Q(interaction__erased_at__isnull=False)
                | Q(case=None, sender__in=own)
            ).values_list("pk", flat=True)
        )
        theirs.update(_unread(actor, own))
        theirs.update(rows.filter(duplicate_of__in=theirs).values_list("pk", flat=True))
        erased = access.inbound_visible_to(actor).filter(pk__in=theirs)
        erased.filter(status__in=WAITING).update(
            status=InboundStatus.IGNORED,
            settled_at=Greatest(F("received_at"), Value(now)),
            settled_by=actor.key,
        )
        return erased.update(
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


def _unread(actor: Actor, own: set[str]) -> Iterator[int]:
    """Messages whose sender nobody could read, with one of the addresses somewhere in them."""
    wanted = [address.encode() for address in own]
    if not wanted:
        return
    rows = access.inbound_visible_to(actor).filter(erased_at=None, status__in=WAITING, sender="")
    for pk, raw in rows.values_list("pk", "raw").iterator(chunk_size=10):
        content = bytes(raw or b"").lower()
        if any(address in content for address in wanted):
            yield pk
