"""Finding one party: by reference, official number, or address."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from ventanilla.core.definition.model import PartyModel
from ventanilla.identity.actor import Actor
from ventanilla.packs.contacts import Address, check_email, check_phone
from ventanilla.packs.identifiers import Identifier, check_identifier
from ventanilla.parties.access import contacts_of, identifiers_of
from ventanilla.parties.models import ContactChannel, ContactPoint, Party, PartyIdentifier
from ventanilla.parties.snapshots import PartySnapshot, snapshot_of


class PartyNotFound(Exception):
    """The actor's organisation knows no such party."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    channel: str
    value: str
    typed: str
    is_default: bool
    verified_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifierRow:
    kind: str
    value: str
    attribute: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyCard:
    """A party with all that it is reached and named by."""

    snapshot: PartySnapshot
    identifiers: tuple[IdentifierRow, ...]
    contacts: tuple[ContactRow, ...]


def party_snapshot(
    organization_id: int, *, model: PartyModel, reference: UUID
) -> PartySnapshot | None:
    """The party with this public reference, or None."""
    party = Party.objects.within(organization_id).filter(reference=reference).first()
    return None if party is None else snapshot_of(party, model)


def party_snapshot_by_row(
    organization_id: int, *, model: PartyModel, row_id: int
) -> PartySnapshot | None:
    """The party of a row of ours that refers to it, or None."""
    party = Party.objects.within(organization_id).filter(pk=row_id).first()
    return None if party is None else snapshot_of(party, model)


def party_card(actor: Actor, *, model: PartyModel, reference: UUID) -> PartyCard:
    """Everything known of one party; PartyNotFound when the actor sees no such party."""
    party = Party.objects.visible_to(actor).filter(reference=reference).first()
    if party is None:
        raise PartyNotFound(str(reference))
    contacts = contacts_of([party.pk])
    identifiers = identifiers_of([party.pk])
    return PartyCard(
        snapshot=snapshot_of(party, model),
        identifiers=tuple(
            IdentifierRow(kind=row.kind, value=row.value, attribute=row.attribute)
            for row in identifiers.order_by("kind", "value")
        ),
        contacts=tuple(
            ContactRow(
                channel=row.channel,
                value=row.value,
                typed=row.typed,
                is_default=row.is_default,
                verified_on=row.verified_on,
            )
            for row in contacts.order_by("channel", "-is_default", "value")
        ),
    )


def addresses_of(actor: Actor, *, reference: UUID) -> tuple[str, ...]:
    """Every address and telephone of a party, also as typed; raises PartyNotFound."""
    party = Party.objects.visible_to(actor).filter(reference=reference).first()
    if party is None:
        raise PartyNotFound(str(reference))
    rows = contacts_of([party.pk]).order_by("id").values_list("value", "typed", "lookup")
    return tuple(dict.fromkeys(text for row in rows for text in row))


def party_with_identifier(organization_id: int, kind: str, number: str) -> UUID | None:
    """The party that an official number names; None also for a number that cannot be right."""
    identifier = check_identifier(kind, number)
    if not isinstance(identifier, Identifier):
        return None
    return (
        PartyIdentifier.objects.within(organization_id)
        .filter(kind=kind, value=identifier.key)
        .values_list("party__reference", flat=True)
        .first()
    )


def party_with_email(organization_id: int, address: str) -> UUID | None:
    """The party that writes from this address; of several, the one written to last."""
    checked = check_email(address)
    if not isinstance(checked, Address):
        return None
    return _reached_at(organization_id, ContactChannel.EMAIL, checked).first()


def parties_with_email(organization_id: int, address: str) -> tuple[UUID, ...]:
    """All parties reached at this address, those written to last first."""
    checked = check_email(address)
    if not isinstance(checked, Address):
        return ()
    return tuple(_reached_at(organization_id, ContactChannel.EMAIL, checked))


def parties_with_phone(organization_id: int, number: str, country: str) -> tuple[UUID, ...]:
    """All parties reached at this number, those written to last first."""
    checked = check_phone(number, country)
    if not isinstance(checked, Address):
        return ()
    return tuple(_reached_at(organization_id, ContactChannel.PHONE, checked))


def _reached_at(
    organization_id: int, channel: ContactChannel, address: Address
) -> "QuerySet[ContactPoint, UUID]":
    same = (
        {"lookup": address.lookup} if channel is ContactChannel.EMAIL else {"value": address.value}
    )
    return (
        ContactPoint.objects.within(organization_id)
        .filter(channel=channel, **same)
        .order_by("-is_default", "-party__updated_at", "party_id")
        .values_list("party__reference", flat=True)
    )
