"""Writes of the registry: one action, one transaction, checked numbers, one name per number."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from ventanilla.core.definition.expressions import Identity, Value
from ventanilla.core.definition.model import FieldType, PartyModel
from ventanilla.core.definition.values import well_typed
from ventanilla.identity.actor import Actor
from ventanilla.identity.selectors import home_country
from ventanilla.packs.identifiers import Identifier, RefusedIdentifier, check_identifier
from ventanilla.parties.access import identifiers_of
from ventanilla.parties.analysis import name_key
from ventanilla.parties.contacts import Reach, arrange_contacts, reaches_of
from ventanilla.parties.history import note_changes, standing_of
from ventanilla.parties.index import index_party
from ventanilla.parties.models import ContactPoint, Party, PartyIdentifier, PartyKind
from ventanilla.parties.selectors import PartyNotFound
from ventanilla.parties.snapshots import (
    PartySnapshot,
    read_attributes,
    snapshot_of,
    write_attributes,
)


class PartyErased(Exception):
    """The person asked to be forgotten; nothing is written to them any more."""


class StaleParty(Exception):
    """Somebody else wrote to the party since it was read."""

    def __init__(self, current: int) -> None:
        self.current = current
        super().__init__(f"The party is at version {current} by now; read it again.")


class IdentifierTaken(Exception):
    """The official number names another party of the organisation."""

    def __init__(self, attribute: str, other: UUID) -> None:
        self.attribute, self.other = attribute, other
        super().__init__(f"The number of {attribute} names another party.")


class UnusableIdentifier(Exception):
    """The official number cannot be right; `code` has its sentence in packs.identifiers."""

    def __init__(self, attribute: str, code: str) -> None:
        self.attribute, self.code = attribute, code
        super().__init__(f"The number of {attribute} is refused: {code}.")


def record_party(
    *,
    actor: Actor,
    now: datetime,
    model: PartyModel,
    attributes: Mapping[str, Value],
    reference: UUID | None = None,
    lifecycle: str = "",
    kind: PartyKind | None = None,
    country: str = "",
    expected_version: int | None = None,
) -> PartySnapshot:
    """Creates the party, or writes the given attributes over those it has; None takes one away.

    A reference that nobody has yet is given to the new party. Telephone numbers without country
    are read as of `country`, or of the one country where the organisation's offices are. Raises
    UnusableIdentifier, IdentifierTaken, StaleParty, PartyErased.
    """
    _require_declared(model, attributes, lifecycle)
    _require_right_numbers(attributes)
    if not country and _has_phone(model, attributes):
        country = home_country(actor.organization_id)
    with transaction.atomic():
        party = _locked_or_new(actor, now, reference or uuid4(), expected_version)
        before = standing_of(party, model)
        merged = {**party.attributes, **write_attributes(model, attributes)}
        party.attributes = {name: value for name, value in merged.items() if value is not None}
        party.lifecycle = lifecycle or party.lifecycle or next(iter(model.lifecycle), "")
        party.kind = kind or party.kind
        party.name = displayed_name(party.attributes)
        party.name_key = name_key(party.name)
        party.updated_at = max(now, party.created_at)
        party.save()
        note_changes(party, before, standing_of(party, model), actor, now)
        _arrange_identifiers(party, now, model)
        arrange_contacts(party, now, reaches_of(model, attributes, country), frozenset(attributes))
        index_party(party, model)
    return snapshot_of(party, model)


def add_contact_point(
    *, actor: Actor, now: datetime, reference: UUID, reach: Reach, verified_on: date | None = None
) -> None:
    """Adds an address to those of the party, without changing its default."""
    with transaction.atomic():
        party = _locked(actor, reference)
        ContactPoint.objects.visible_to(actor).update_or_create(
            organization_id=party.organization_id,
            party=party,
            channel=reach.channel,
            value=reach.value,
            defaults={"verified_on": verified_on},
            create_defaults={
                "typed": reach.typed,
                "lookup": reach.lookup,
                "recorded_at": now,
                "verified_on": verified_on,
            },
        )
        _touch(party, now)


def displayed_name(attributes: Mapping[str, Any]) -> str:
    """What the party is called on screens: name and surname, else the company's name."""
    name, surname, company = (
        _text(attributes.get(part)) for part in ("name", "surname", "company")
    )
    if surname and surname.casefold() not in name.casefold():
        name = f"{name} {surname}".strip()
    return (name or company)[:300]


def _text(stored: Any) -> str:
    return " ".join(stored.split()) if isinstance(stored, str) else ""


def _require_declared(model: PartyModel, attributes: Mapping[str, Value], lifecycle: str) -> None:
    """A defect of the caller, not of a person: the pack's checker lets no such name through."""
    for name, value in attributes.items():
        if name not in model.attributes or not well_typed(model.attributes[name], value):
            raise ValueError(f"{name!r} is no attribute of a party, or cannot hold that value")
    if lifecycle and lifecycle not in model.lifecycle:
        raise ValueError(f"{lifecycle!r} is no state of a party")


def _has_phone(model: PartyModel, attributes: Mapping[str, Value]) -> bool:
    return any(model.attributes[name].type is FieldType.PHONE for name in attributes)


def _require_right_numbers(attributes: Mapping[str, Value]) -> None:
    for name, value in attributes.items():
        if not isinstance(value, Identity):
            continue
        outcome = check_identifier(value.kind, value.number)
        if isinstance(outcome, RefusedIdentifier):
            raise UnusableIdentifier(name, outcome.code)


def _locked_or_new(
    actor: Actor, now: datetime, reference: UUID, expected_version: int | None
) -> Party:
    party = Party.objects.visible_to(actor).select_for_update().filter(reference=reference).first()
    if party is None:
        return Party(
            organization_id=actor.organization_id,
            reference=reference,
            created_at=now,
            version=1,
        )
    if party.erased_at is not None:
        raise PartyErased(str(reference))
    if expected_version is not None and expected_version != party.version:
        raise StaleParty(party.version)
    party.version += 1
    return party


def _locked(actor: Actor, reference: UUID) -> Party:
    party = Party.objects.visible_to(actor).select_for_update().filter(reference=reference).first()
    if party is None:
        raise PartyNotFound(str(reference))
    if party.erased_at is not None:
        raise PartyErased(str(reference))
    return party


def _touch(party: Party, now: datetime) -> None:
    party.version += 1
    party.updated_at = max(now, party.created_at)
    party.save(update_fields=["version", "updated_at"])


def _arrange_identifiers(party: Party, now: datetime, model: PartyModel) -> None:
    """Makes the party's numbers those of its attributes; one that names somebody else is refused.

    A stored number that today's checks refuse stays an attribute and names nobody.
    """
    wanted: dict[tuple[str, str], tuple[str, Identifier]] = {}
    for name, value in read_attributes(model, party.attributes).items():
        if not isinstance(value, Identity):
            continue
        identifier = check_identifier(value.kind, value.number)
        if isinstance(identifier, Identifier):
            wanted.setdefault((identifier.kind, identifier.key), (name, identifier))
    present = {(row.kind, row.value): row for row in identifiers_of([party.pk])}
    for key, row in present.items():
        if key not in wanted:
            row.delete()
    for key, (name, identifier) in wanted.items():
        if key not in present:
            _name_by(party, now, name, identifier)


def _name_by(party: Party, now: datetime, attribute: str, identifier: Identifier) -> None:
    rows = PartyIdentifier.objects.within(party.organization_id)
    same = rows.filter(kind=identifier.kind, value=identifier.key)
    holder = same.values_list("party_id", "party__reference").first()
    if holder is None:
        try:
            with transaction.atomic():
                PartyIdentifier(
                    organization_id=party.organization_id,
                    party=party,
                    attribute=attribute,
                    kind=identifier.kind,
                    value=identifier.key,
                    recorded_at=now,
                ).save(force_insert=True)
        except IntegrityError:
            holder = same.values_list("party_id", "party__reference").first()
            if holder is None:
                raise
    if holder is not None and holder[0] != party.pk:
        raise IdentifierTaken(attribute, holder[1])
