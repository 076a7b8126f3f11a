"""Forgetting a person while the record stays whole (Chile, Law 21.719; Peru, Law 29733).

The journal holds only commitments to personal values. Erasing destroys the values and their salts,
leaves a tombstone with the date, blanks the words of the contacts, drops what has not left yet,
and folds each case again from what is left, so that chain and replay still agree.
"""

from collections.abc import Iterable
from datetime import datetime
from json import loads
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from ventanilla.cases.models import (
    Attachment,
    Blob,
    Case,
    Direction,
    Effect,
    EffectStatus,
    Interaction,
    JournalEntry,
    PersonalValue,
)
from ventanilla.cases.states import store_state
from ventanilla.cases.versions import versions_of
from ventanilla.catalog.published import published
from ventanilla.core.engine.codec import read_facts
from ventanilla.core.engine.evolve import fold
from ventanilla.core.engine.facts import Delivery
from ventanilla.core.engine.sealing import Json, marks
from ventanilla.core.engine.state import NEW, State
from ventanilla.identity.actor import Actor

ERASED = "erased"


def erase_cases_of(
    *, actor: Actor, party: UUID, now: datetime, addresses: Iterable[str] = ()
) -> int:
    """Erase the personal values in all cases of a party; returns how many cases there were.

    With ``addresses``, also in cases of nobody known in which only these addresses wrote. In the
    cases of others nothing is erased but what the journal kept of the party by mistake.
    """
    own = [address for address in addresses if address]
    with transaction.atomic():
        rows = Case.objects.visible_to(actor)
        theirs = rows.filter(Q(party__reference=party) | Q(pk__in=_unclaimed(actor, own)))
        cases = list(theirs.select_for_update(of=("self",)).order_by("id"))
        for case in cases:
            _erase(case, now)
        for case in _mentioning(actor, party, {case.pk for case in cases}):
            _erase_mentions(case, party, now)
    return len(cases)


def _unclaimed(actor: Actor, own: list[str]) -> "QuerySet[Case, int]":
    """Cases without a party in which somebody wrote from these addresses, and nobody else did."""
    came = Interaction.objects.visible_to(actor).filter(case=OuterRef("pk"), direction=Direction.IN)
    by_them = came.filter(address__in=own)
    return (
        Case.objects.visible_to(actor)
        .filter(Exists(by_them), ~Exists(came.exclude(address__in=own)), party=None)
        .values_list("pk", flat=True)
    )


def _erase(case: Case, now: datetime) -> None:
    _drop_effects(case)
    values = PersonalValue.objects.within(case.organization_id).filter(case=case, erased_at=None)
    values.update(value=None, salt="", erased_at=now)
    _blank_contacts(case, now)
    _fold_again(case)


def _drop_effects(case: Case) -> None:
    """What has not left will not leave: without its row no worker can settle it any more."""
    effects = Effect.objects.within(case.organization_id).filter(case=case)
    unsent = effects.exclude(status=EffectStatus.DONE)
    contacts = Interaction.objects.within(case.organization_id)
    contacts.filter(pk__in=unsent.values("interaction")).update(delivery=Delivery.FAILED)
    unsent.delete()
    effects.update(last_error="")


def _mentioning(actor: Actor, party: UUID, known: set[int]) -> list[Case]:
    """Cases of others whose journal names the party, because somebody had taken it for theirs."""
    entries = JournalEntry.objects.visible_to(actor).filter(facts__contains=str(party))
    ids = set(entries.values_list("case_id", flat=True)) - known
    rows = Case.objects.visible_to(actor).filter(pk__in=ids)
    return list(rows.select_for_update(of=("self",)).order_by("id"))


def _erase_mentions(case: Case, party: UUID, now: datetime) -> None:
    values = PersonalValue.objects.within(case.organization_id).filter(case=case, erased_at=None)
    for row in _entries(case).filter(facts__contains=str(party)):
        about = [fact for fact in loads(row.facts) if _is_about(fact, str(party))]
        named = values.filter(seq=row.seq, position__in=list(marks(about)))
        named.update(value=None, salt="", erased_at=now)
    _fold_again(case)


def _is_about(fact: Json, party: str) -> bool:
    """Whether a written fact links the party or records something of it."""
    return party in fact or any(isinstance(part, list) and party in part for part in fact)


def _fold_again(case: Case) -> None:
    state = _refold(case)
    case.state = store_state(published(case.procedure_id).procedure, state)
    case.subject = state.subject[:300]
    sender = state.sender
    case.contact = (sender.name or sender.email or sender.phone)[:320]
    case.save(update_fields=["state", "subject", "contact"])


def _entries(case: Case) -> QuerySet[JournalEntry]:
    rows = JournalEntry.objects.within(case.organization_id)
    return rows.filter(case=case).order_by("seq")


def _refold(case: Case) -> State:
    personal = _personal_values(case)
    rows = list(_entries(case))
    versions = versions_of(published(case.procedure_id).procedure, rows)
    state = NEW
    for row in rows:
        left = [personal.get((row.seq, number)) for number in range(len(loads(row.sealed)))]
        state = fold(state, read_facts(versions[row.seq], loads(row.facts), left))
    return state


def _personal_values(case: Case) -> dict[tuple[int, int], Json]:
    """The values that are left."""
    rows = PersonalValue.objects.within(case.organization_id).filter(case=case, erased_at=None)
    found = rows.values_list("seq", "position", "value")
    return {(seq, position): loads(value) for seq, position, value in found if value is not None}


def _blank_contacts(case: Case, now: datetime) -> None:
    files = Attachment.objects.within(case.organization_id).filter(case=case)
    blobs = set(files.values_list("blob_id", flat=True))
    files.delete()
    kept = Attachment.objects.within(case.organization_id).filter(blob_id__in=blobs)
    Blob.objects.within(case.organization_id).filter(
        pk__in=blobs - set(kept.values_list("blob_id", flat=True))
    ).delete()
    Interaction.objects.within(case.organization_id).filter(case=case).update(
        name="",
        address="",
        subject="",
        text="",
        quoted="",
        html="",
        message_id="",
        flag=ERASED,
        erased_at=now,
    )
