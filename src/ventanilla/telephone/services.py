"""The person at the telephone: answering, hold, hanging up, calling back. One deed each."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from ventanilla.cases.services import note
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import home_country
from ventanilla.telephone import access
from ventanilla.telephone.course import Happening, Notice, Standing
from ventanilla.telephone.doors import spelt, telephone_of
from ventanilla.telephone.hearing import Told, attached, hear, owe
from ventanilla.telephone.models import Attempt, AttemptOutcome, Call, CallBack, CallBackStatus
from ventanilla.telephone.outcomes import (
    Because,
    CallBackNotFound,
    CallNotFound,
    Heard,
    NotDone,
)

MAY_FOLLOW = {
    Happening.ANSWERED: {Standing.RINGING},
    Happening.HELD: {Standing.ANSWERED},
    Happening.RESUMED: {Standing.HELD},
    Happening.HUNG_UP: {Standing.ANSWERED, Standing.HELD},
}
"""What a person may say of a call, by how it stands."""


def log_call(
    *, actor: Actor, now: datetime, office: str, caller: str, began_at: datetime, case: UUID
) -> UUID:
    """A call that a person took without a telephone system telling; its clock runs."""
    notice = Notice(
        id=str(uuid4()),
        happening=Happening.ANSWERED,
        at=began_at,
        caller=caller,
        agent=actor.email,
    )
    with transaction.atomic():
        told = Told(call=f"desk:{case}", office=office, notice=notice)
        heard = hear(actor=actor, now=now, told=told)
        attached(actor, heard.call, case)
    return heard.call


def take_call(*, actor: Actor, now: datetime, call: UUID, case: UUID) -> None:
    """The call belongs to this case and to the person who took it. Raises CallNotFound.

    One of which the system has not told an answer yet was answered by then, all the same.
    """
    with transaction.atomic():
        row = _locked(actor, call)
        if row.standing == Standing.RINGING:
            say(actor=actor, now=now, call=call, happening=Happening.ANSWERED)
        attached(actor, call, case)


def say(*, actor: Actor, now: datetime, call: UUID, happening: Happening) -> Heard | NotDone:
    """The person answers, holds, resumes or ends a call. Raises CallNotFound."""
    with transaction.atomic():
        row = _locked(actor, call)
        if Standing(row.standing) not in MAY_FOLLOW.get(happening, set()):
            return NotDone(because=Because.CLOSED)
        notice = Notice(
            id=str(uuid4()),
            happening=happening,
            at=now,
            agent=actor.email if happening is Happening.ANSWERED else "",
        )
        told = Told(call=row.system_key, office=row.office, notice=notice)
        return hear(actor=actor, now=now, told=told)


def log_lost(
    *, actor: Actor, now: datetime, number: str, name: str, lost_at: datetime
) -> UUID | NotDone:
    """A lost call that nobody's telephone system told of."""
    telephone = telephone_of(actor.organization_id, now)
    if telephone is None:
        return NotDone(because=Because.NO_TELEPHONE)
    known = spelt(number, home_country(actor.organization_id))
    with transaction.atomic():
        row = owe(actor, now, telephone, telephone.office, known, lost_at, name=name)
    return row.reference


def record_attempt(
    *, actor: Actor, now: datetime, call_back: UUID, outcome: AttemptOutcome, text: str, words: str
) -> int | NotDone:
    """One more try to call back; reached, it is settled. Answers how many tries there were.

    ``words`` is the sentence that the case's story gets, in the language of whoever wrote it.
    Raises CallBackNotFound.
    """
    with transaction.atomic():
        row = _owed(actor, call_back)
        if row.status != CallBackStatus.OPEN:
            return NotDone(because=Because.CLOSED)
        row.attempts += 1
        Attempt(
            organization_id=actor.organization_id,
            call_back=row,
            position=row.attempts,
            at=now,
            by_id=actor.user_id,
            outcome=outcome,
            note=text[:500],
        ).save(force_insert=True)
        if outcome == AttemptOutcome.REACHED:
            _close(row, CallBackStatus.REACHED, actor, now)
        row.save()
        if row.case is not None:
            told = " ".join(part for part in (words, text) if part)
            note(actor=actor, now=now, case=row.case.reference, text=told)
        return row.attempts


def give_up(*, actor: Actor, now: datetime, call_back: UUID) -> NotDone | None:
    """Nobody was reached, and it was tried as often as is owed. Raises CallBackNotFound."""
    with transaction.atomic():
        row = _owed(actor, call_back)
        if row.status != CallBackStatus.OPEN:
            return NotDone(because=Because.CLOSED)
        if row.number and row.attempts < row.tries:
            return NotDone(because=Because.TOO_EARLY, left=row.tries - row.attempts)
        _close(row, CallBackStatus.GIVEN_UP, actor, now)
        row.save()
    return None


def _close(row: CallBack, status: CallBackStatus, actor: Actor, now: datetime) -> None:
    row.status, row.closed_by = status, actor.key
    row.closed_at = max(now, row.lost_at)


def _locked(actor: Actor, call: UUID) -> Call:
    row = access.calls_visible_to(actor).select_for_update().filter(reference=call).first()
    if row is None:
        raise CallNotFound(str(call))
    return row


def _owed(actor: Actor, call_back: UUID) -> CallBack:
    rows = access.call_backs_visible_to(actor).select_for_update(of=("self",))
    row = rows.select_related("case").filter(reference=call_back).first()
    if row is None:
        raise CallBackNotFound(str(call_back))
    return row
