"""A request of the public: it opens a case once, and more can be said while the case runs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from ventanilla.answers.controls import Upload
from ventanilla.answers.uploads import read_uploads
from ventanilla.cases.incoming import Incoming, IncomingFile
from ventanilla.cases.outcomes import Moved, NotMoved, Outcome
from ventanilla.cases.selectors import CaseFile, begun_as
from ventanilla.cases.services import Opening, open_case, receive
from ventanilla.core.engine.commands import Refused
from ventanilla.core.engine.state import Sender
from ventanilla.parties.selectors import parties_with_email
from ventanilla.portal.entrance import House
from ventanilla.portal.forms import ReplyForm, RequestForm
from ventanilla.portal.questions import CHANNEL, Questions

LONGEST_SUBJECT = 300


def hand_in(
    *, house: House, now: datetime, questions: Questions, form: RequestForm
) -> UUID | Refused:
    """Open the case of a sound form; the same form handed in again gives the same case.

    Raises UnusableFile; then nothing was opened.
    """
    nonce = form.cleaned_data["nonce"]
    reference = uuid5(nonce, f"{house.organization.id}/portal")
    if begun_as(actor=house.actor, reference=reference) is not None:
        return reference
    opening = _opening(house, now, questions, form, reference)
    try:
        outcome = open_case(actor=house.actor, now=now, opening=opening)
    except IntegrityError:
        if begun_as(actor=house.actor, reference=reference) is None:
            raise
        return reference  # the same form, handed in at the same moment
    return outcome.refusal if isinstance(outcome, NotMoved) else reference


def say_more(*, house: House, now: datetime, case: CaseFile, form: ReplyForm) -> Outcome | None:
    """Add the words and files to the case; None when this very form did so before.

    Raises UnusableFile; then nothing was added.
    """
    sender = case.state.sender
    incoming = Incoming(
        medium=CHANNEL,
        at=now,
        name=sender.name,
        address=sender.email or sender.phone,
        text=form.cleaned_data["texto"].strip(),
        files=read_uploads(form.uploads),
    )
    reference = uuid5(form.cleaned_data["nonce"], f"{case.reference}/portal")
    try:
        with transaction.atomic():
            return receive(
                actor=house.actor,
                now=now,
                case=case.reference,
                incoming=incoming,
                reference=reference,
            )
    except IntegrityError:
        return None


def _opening(
    house: House, now: datetime, questions: Questions, form: RequestForm, reference: UUID
) -> Opening:
    sender, portal = form.sender, questions.portal
    incoming = Incoming(
        medium=CHANNEL,
        at=now,
        name=sender.name,
        address=sender.email or sender.phone,
        subject=portal.title[:LONGEST_SUBJECT],
        files=_files(form.uploads),
    )
    return Opening(
        procedure=questions.procedure.code,
        channel=CHANNEL,
        office=questions.office,
        happened_at=now,
        subject=portal.title[:LONGEST_SUBJECT],
        sender=sender,
        party=_known(house, sender),
        values=form.answers,
        incoming=incoming,
        reference=reference,
    )


def _files(uploads: Mapping[str, Sequence[Upload]]) -> tuple[IncomingFile, ...]:
    return tuple(
        replace(file, field=field)
        for field, given in uploads.items()
        for file in read_uploads(list(given))
    )


def _known(house: House, sender: Sender) -> UUID | None:
    """The one party of the registry with this address, as for a mail."""
    found = parties_with_email(house.organization.id, sender.email) if sender.email else ()
    return found[0] if len(found) == 1 else None


def was_taken(outcome: Outcome | None) -> bool:
    """Whether what was said is with the case now, this time or before."""
    return outcome is None or isinstance(outcome, Moved)
