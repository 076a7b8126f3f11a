"""Forgetting a person while the record stays whole (Chile, Law 21.719; Peru, Law 29733).

The journal holds only commitments to personal values. Erasing destroys the values and their salts,
leaves a tombstone with the date, blanks the words of the contacts, and folds each case again from
what is left, so that chain and replay still agree.
"""

from datetime import datetime
from json import loads
from uuid import UUID

from django.db import transaction

from ventanilla.cases.models import Attachment, Blob, Case, Interaction, JournalEntry, PersonalValue
from ventanilla.cases.states import store_state
from ventanilla.catalog.published import published
from ventanilla.core.engine.codec import read_facts
from ventanilla.core.engine.evolve import fold
from ventanilla.core.engine.state import NEW, State
from ventanilla.identity.actor import Actor

ERASED = "erased"


def erase_cases_of(*, actor: Actor, party: UUID, now: datetime) -> int:
    """Erase the personal values in all cases of a party; returns how many cases there were."""
    with transaction.atomic():
        rows = Case.objects.visible_to(actor).filter(party__reference=party)
        cases = list(rows.select_for_update().order_by("id"))
        for case in cases:
            _erase(case, now)
    return len(cases)


def _erase(case: Case, now: datetime) -> None:
    values = PersonalValue.objects.within(case.organization_id).filter(case=case, erased_at=None)
    values.update(value=None, salt="", erased_at=now)
    _blank_contacts(case, now)
    procedure = published(case.procedure_id).procedure
    state = _refold(case)
    case.state = store_state(procedure, state)
    case.subject = ""
    case.contact = ""
    case.save(update_fields=["state", "subject", "contact"])


def _refold(case: Case) -> State:
    procedure = published(case.procedure_id).procedure
    state = NEW
    rows = JournalEntry.objects.within(case.organization_id).filter(case=case).order_by("seq")
    for row in rows:
        missing = [None] * len(loads(row.sealed))
        state = fold(state, read_facts(procedure, loads(row.facts), missing))
    return state


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
