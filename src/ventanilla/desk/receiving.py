"""A person calls or comes: who it is, and a case open on its first step, in one go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ventanilla.cases.incoming import Incoming
from ventanilla.cases.outcomes import NotMoved, Outcome
from ventanilla.cases.services import Opening, assign, open_case
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import PartyModel
from ventanilla.core.engine.state import Sender
from ventanilla.core.engine.words import VOICE
from ventanilla.identity.actor import Actor
from ventanilla.parties.services import record_party


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


def begin_contact(*, actor: Actor, now: datetime, model: PartyModel, contact: Contact) -> Outcome:
    """Opens the case and gives its first tasks to whoever attends; a new person is recorded first.

    Raises UnusableIdentifier, IdentifierTaken and ProcedureUnknown; then nothing has happened.
    """
    with transaction.atomic():
        if contact.party is None and contact.new_party:
            contact = replace(contact, party=_recorded(actor, now, model, contact))
        outcome = open_case(actor=actor, now=now, opening=_opening(contact))
        if isinstance(outcome, NotMoved):
            transaction.set_rollback(True)
            return outcome
        for task in outcome.tasks:
            assign(actor=actor, now=now, case=outcome.reference, task=task, assignee=actor.email)
    return outcome


def _recorded(actor: Actor, now: datetime, model: PartyModel, contact: Contact) -> UUID:
    snapshot = record_party(
        actor=actor,
        now=now,
        model=model,
        attributes=contact.new_party,
        country=contact.country,
    )
    return snapshot.reference


def _opening(contact: Contact) -> Opening:
    sender = contact.sender
    return Opening(
        procedure=contact.procedure,
        channel=contact.channel,
        office=contact.office,
        happened_at=contact.began_at,
        subject=contact.subject,
        sender=sender,
        party=contact.party,
        incoming=Incoming(
            medium=VOICE,
            at=contact.began_at,
            name=sender.name,
            address=sender.phone or sender.email,
            subject=contact.subject,
        ),
    )
