"""Cases and the registry of parties: what is known of a party, and what a case writes to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ventanilla.cases.projection import PartyFact
from ventanilla.core.definition.expressions import Identity, Value
from ventanilla.core.definition.model import Ask, Procedure
from ventanilla.core.engine.facts import ActivityCounted, Entrusted, PartyLinked, PartyRecorded
from ventanilla.core.engine.state import PartyView
from ventanilla.identity.actor import Actor
from ventanilla.parties.care import count_activity, entrust_party
from ventanilla.parties.portfolio import view_of as view_of_snapshot
from ventanilla.parties.selectors import (
    party_snapshot,
    party_snapshot_by_row,
    party_with_identifier,
)
from ventanilla.parties.services import record_party


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """The party of a case as its row says: which, and the version last seen."""

    row_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The party that an official number names, and the datum that holds the number."""

    datum: str
    view: PartyView


def view(organization_id: int, procedure: Procedure, row_id: int) -> PartyView | None:
    """What the registry says now of the party of a case."""
    found = party_snapshot_by_row(organization_id, model=procedure.party, row_id=row_id)
    return None if found is None else view_of_snapshot(organization_id, found, procedure.party)


def view_of(organization_id: int, procedure: Procedure, reference: UUID) -> PartyView | None:
    """What the registry says now of a party."""
    found = party_snapshot(organization_id, model=procedure.party, reference=reference)
    return None if found is None else view_of_snapshot(organization_id, found, procedure.party)


def named_by_identifiers(
    organization_id: int,
    procedure: Procedure,
    asked: Sequence[Ask],
    values: Mapping[str, Value],
) -> Named | None:
    """The party named by an official number among the values that go to the registry."""
    for ask in asked:
        value = values.get(ask.field)
        if not isinstance(value, Identity) or procedure.fields[ask.field].saves is None:
            continue
        reference = party_with_identifier(organization_id, value.kind, value.number)
        found = reference and view_of(organization_id, procedure, reference)
        if found:
            return Named(datum=ask.field, view=found)
    return None


def write(
    actor: Actor,
    now: datetime,
    procedure: Procedure,
    facts: Sequence[PartyFact],
    known: Linked,
    case: UUID,
) -> Linked:
    """Carry out what a command's facts say of the party; returns what the case row must say."""
    for fact in facts:
        match fact:
            case PartyLinked(party=party):
                known = _linked(actor.organization_id, procedure, UUID(party.ref))
            case PartyRecorded():
                snapshot = record_party(
                    actor=actor,
                    now=now,
                    model=procedure.party,
                    attributes=fact.attributes,
                    reference=UUID(fact.ref),
                    lifecycle=fact.lifecycle,
                )
                known = Linked(row_id=snapshot.row_id, version=snapshot.version)
            case Entrusted(ref=ref, executive=executive):
                email = executive.key if executive is not None else ""
                version = entrust_party(actor=actor, now=now, reference=UUID(ref), email=email)
                known = replace(known, version=version)
            case ActivityCounted():
                version = count_activity(
                    actor=actor,
                    now=now,
                    model=procedure.party,
                    reference=UUID(fact.ref),
                    kind=fact.kind,
                    on=fact.on,
                    case=case,
                )
                known = replace(known, version=version)
    return known


def _linked(organization_id: int, procedure: Procedure, reference: UUID) -> Linked:
    found = party_snapshot(organization_id, model=procedure.party, reference=reference)
    return Linked() if found is None else Linked(row_id=found.row_id, version=found.version)
