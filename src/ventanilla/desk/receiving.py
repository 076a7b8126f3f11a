"""A person calls or comes: who it is, and a case open on its first step, in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from ventanilla.cases.attending import open_and_take
from ventanilla.cases.incoming import Incoming
from ventanilla.cases.outcomes import NotMoved, Outcome
from ventanilla.cases.selectors import begun_as
from ventanilla.cases.services import Opening
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import PartyModel
from ventanilla.core.engine.state import Sender
from ventanilla.core.engine.words import VOICE
from ventanilla.identity.actor import Actor
from ventanilla.parties.services import IdentifierTaken, record_party
from ventanilla.telephone.doors import CHANNEL
from ventanilla.telephone.outcomes import CallNotFound
from ventanilla.telephone.services import log_call, take_call


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What is known when somebody calls or comes."""

    procedure: str
    channel: str
    office: str
    country: str
    subject: str
    began_at: datetime
    sender: Sender
    party: UUID | None
    new_party: Mapping[str, Value]
    nonce: UUID | None = None
    """What tells one form from another, so that the same one opens one case."""
    call: UUID | None = None
    """The call by which they came, where the telephone system told of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyBegun:
    """The form had opened a case before; it ``is_same`` when it said the same then."""

    number: str
    is_same: bool


def begin_contact(
    *, actor: Actor, now: datetime, model: PartyModel, contact: Contact
) -> Outcome | AlreadyBegun:
    """Opens the case and gives its first tasks to whoever attends; a new person is recorded first.

    The same form handed in again opens nothing. Raises UnusableIdentifier, IdentifierTaken and
    ProcedureUnknown; then nothing has happened.
    """
    before = already_begun(actor, contact)
    if before is not None:
        return before
    try:
        return _begin(actor, now, model, contact)
    except (IdentifierTaken, IntegrityError):
        before = already_begun(actor, contact)  # the same form, handed in at the same moment
        if before is None:
            raise
        return before


def already_begun(actor: Actor, contact: Contact) -> AlreadyBegun | None:
    """The case that this very form opened before, if it did."""
    reference = _reference(actor, contact)
    found = begun_as(actor=actor, reference=reference) if reference else None
    if found is None:
        return None
    told = (contact.procedure, contact.channel, contact.subject)
    return AlreadyBegun(
        number=found.number, is_same=told == (found.procedure, found.channel, found.subject)
    )


def _reference(actor: Actor, contact: Contact) -> UUID | None:
    """The reference that a form gives its case: nobody else's form can give the same."""
    if contact.nonce is None:
        return None
    return uuid5(contact.nonce, f"{actor.organization_id}/{actor.key}")


def _begin(actor: Actor, now: datetime, model: PartyModel, contact: Contact) -> Outcome:
    with transaction.atomic():
        if contact.party is None and contact.new_party:
            contact = replace(contact, party=_recorded(actor, now, model, contact))
        outcome = open_and_take(actor=actor, now=now, opening=_opening(actor, contact))
        if isinstance(outcome, NotMoved):
            transaction.set_rollback(True)
        elif contact.channel == CHANNEL:
            _note_call(actor, now, contact, outcome.reference)
    return outcome


def _note_call(actor: Actor, now: datetime, contact: Contact, case: UUID) -> None:
    """The call knows its case; one that no system told of is written down, its clock running."""
    if contact.call is not None and _took(actor, now, contact.call, case):
        return
    log_call(
        actor=actor,
        now=now,
        office=contact.office,
        caller=contact.sender.phone,
        began_at=contact.began_at,
        case=case,
    )


def _took(actor: Actor, now: datetime, call: UUID, case: UUID) -> bool:
    """Whether the call that the form names is ours, and now of this case."""
    try:
        take_call(actor=actor, now=now, call=call, case=case)
    except CallNotFound:
        return False
    return True


def _recorded(actor: Actor, now: datetime, model: PartyModel, contact: Contact) -> UUID:
    snapshot = record_party(
        actor=actor,
        now=now,
        model=model,
        attributes=contact.new_party,
        country=contact.country,
    )
    return snapshot.reference


def _opening(actor: Actor, contact: Contact) -> Opening:
    sender = contact.sender
    return Opening(
        procedure=contact.procedure,
        channel=contact.channel,
        office=contact.office,
        happened_at=contact.began_at,
        subject=contact.subject,
        sender=sender,
        party=contact.party,
        reference=_reference(actor, contact),
        incoming=Incoming(
            medium=VOICE,
            at=contact.began_at,
            name=sender.name,
            address=sender.phone or sender.email,
            subject=contact.subject,
        ),
    )
