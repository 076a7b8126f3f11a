"""Forgetting a person everywhere: their cases, their post as it came, and the registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from ventanilla.cases.erasure import erase_cases_of
from ventanilla.cases.selectors import open_cases_of
from ventanilla.cases.services import cancel
from ventanilla.channels.erasure import erase_messages_of
from ventanilla.identity.access import require_administrator
from ventanilla.identity.actor import Actor
from ventanilla.parties.erasure import erase_party
from ventanilla.parties.selectors import addresses_of
from ventanilla.reception.erasure import erase_reception_of
from ventanilla.telephone.erasure import erase_calls_of

_REASON: Final = "erasure"
"""Why open cases close. It is erased with everything else: the command itself tells the story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """In how many cases and messages something was erased."""

    cases: int
    messages: int


def forget_person(*, actor: Actor, party: UUID, now: datetime) -> Forgotten:
    """Closes the person's open cases and erases their data in every table, all or nothing.

    For administrators. Twice is as once. Raises NotAllowed and PartyNotFound. Cases are locked
    before the party, in the order in which every command of a case locks them.
    """
    require_administrator(actor)
    with transaction.atomic():
        addresses = addresses_of(actor, reference=party)
        for case in open_cases_of(actor=actor, party=party):
            cancel(actor=actor, now=now, case=case, reason=_REASON)
        cases = erase_cases_of(actor=actor, party=party, addresses=addresses, now=now)
        messages = erase_messages_of(actor=actor, party=party, addresses=addresses, now=now)
        erase_calls_of(actor=actor, party=party, addresses=addresses, now=now)
        erase_party(actor=actor, now=now, reference=party, traces=(erase_reception_of,))
    return Forgotten(cases=cases, messages=messages)
