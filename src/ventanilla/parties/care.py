"""Writes around a party: in whose care it is, what it took part in, what is agreed with it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import PartyModel
from ventanilla.core.definition.values import encode, well_typed
from ventanilla.identity.access import NotAllowed
from ventanilla.identity.actor import Actor
from ventanilla.identity.models import User
from ventanilla.parties.access import agreements_of
from ventanilla.parties.history import EXECUTIVE, note_changes
from ventanilla.parties.models import Activity, Agreement, Party
from ventanilla.parties.selectors import PartyNotFound
from ventanilla.parties.services import PartyErased


class NobodyCalled(Exception):
    """No active account of the organisation signs in with that address."""


class AgreementBackwards(Exception):
    """The last day lies before the first."""


class AgreementUnknown(Exception):
    """The party has no such agreement that still holds."""


def entrust_party(*, actor: Actor, now: datetime, reference: UUID, email: str) -> int:
    """Gives the party into somebody's care, or into nobody's; returns its version.

    Raises PartyNotFound, PartyErased, NobodyCalled.
    """
    with transaction.atomic():
        party = _locked(actor, reference)
        executive = _somebody(actor, email) if email else None
        before = party.executive.email if party.executive else ""
        party.executive = executive
        _touch(party, now)
        note_changes(party, {EXECUTIVE: before}, {EXECUTIVE: email}, actor, now)
    return party.version


def count_activity(
    *,
    actor: Actor,
    now: datetime,
    model: PartyModel,
    reference: UUID,
    kind: str,
    on: date,
    case: UUID | None = None,
) -> int:
    """Keeps that the party took part in something; returns its version."""
    if kind not in model.activities:
        raise ValueError(f"{kind!r} is no activity of a party")
    with transaction.atomic():
        party = _locked(actor, reference)
        Activity(
            organization_id=party.organization_id,
            party=party,
            kind=kind,
            on=on,
            recorded_at=now,
            recorded_by=actor.key,
            case=case,
        ).save(force_insert=True)
        _touch(party, now)
    return party.version


def may_agree(actor: Actor, model: PartyModel, name: str) -> bool:
    """Whether the person may say what is agreed about this."""
    kind = model.agreements.get(name)
    if kind is None:
        return False
    return actor.is_administrator or any(actor.has_role(role) for role in kind.set_by)


def may_entrust(actor: Actor, model: PartyModel) -> bool:
    """Whether the person may say who takes care of a party."""
    if model.executive is None:
        return False
    return actor.is_administrator or actor.has_role(model.executive)


def set_agreement(
    *,
    actor: Actor,
    now: datetime,
    model: PartyModel,
    reference: UUID,
    name: str,
    value: Value,
    since: date,
    until: date | None = None,
    evidence: str = "",
) -> int:
    """Keeps what is agreed with the party; returns the party's version.

    An agreement about the same thing that still holds ends the day before. Raises NotAllowed,
    AgreementBackwards, PartyNotFound, PartyErased.
    """
    if not may_agree(actor, model, name):
        raise NotAllowed("Only whoever may set this agreement does.")
    field = model.agreements[name].field
    if value is None or not well_typed(field, value):
        raise ValueError(f"{name!r} cannot be that")
    if until is not None and until < since:
        raise AgreementBackwards
    with transaction.atomic():
        party = _locked(actor, reference)
        for earlier in _holding(party, name, since):
            earlier.until = max(earlier.since, since - timedelta(days=1))
            earlier.ended_at, earlier.ended_by = now, actor.key
            earlier.save(update_fields=["until", "ended_at", "ended_by"])
        Agreement(
            organization_id=party.organization_id,
            party=party,
            name=name,
            value=encode(field, value),
            since=since,
            until=until,
            evidence=evidence,
            set_at=now,
            set_by=actor.key,
        ).save(force_insert=True)
        _touch(party, now)
    return party.version


def end_agreement(
    *, actor: Actor, now: datetime, model: PartyModel, reference: UUID, key: int, until: date
) -> int:
    """Ends an agreement on a day, the last on which it holds; returns the party's version.

    Raises AgreementUnknown, AgreementBackwards, NotAllowed, PartyNotFound, PartyErased.
    """
    with transaction.atomic():
        party = _locked(actor, reference)
        agreement = agreements_of([party.pk]).select_for_update().filter(pk=key).first()
        if agreement is None or (agreement.until is not None and agreement.until <= until):
            raise AgreementUnknown(str(key))
        if not may_agree(actor, model, agreement.name):
            raise NotAllowed("Only whoever may set this agreement ends it.")
        if until < agreement.since:
            raise AgreementBackwards
        agreement.until, agreement.ended_at, agreement.ended_by = until, now, actor.key
        agreement.save(update_fields=["until", "ended_at", "ended_by"])
        _touch(party, now)
    return party.version


def _holding(party: Party, name: str, since: date) -> list[Agreement]:
    rows = agreements_of([party.pk]).select_for_update().filter(name=name, since__lte=since)
    return [one for one in rows if one.until is None or one.until >= since]


def _somebody(actor: Actor, email: str) -> User:
    found = User.objects.visible_to(actor).filter(email=email.lower(), is_active=True).first()
    if found is None:
        raise NobodyCalled(email)
    return found


def _locked(actor: Actor, reference: UUID) -> Party:
    rows = Party.objects.visible_to(actor).select_for_update(of=("self",))
    party = rows.select_related("executive").filter(reference=reference).first()
    if party is None:
        raise PartyNotFound(str(reference))
    if party.erased_at is not None:
        raise PartyErased(str(reference))
    return party


def _touch(party: Party, now: datetime) -> None:
    party.version += 1
    party.updated_at = max(now, party.created_at)
    party.save(update_fields=["executive", "version", "updated_at"])
