"""A party as the engine and the screens read it: attributes as typed values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import PartyModel
from ventanilla.core.definition.values import decode, encode, well_typed
from ventanilla.parties.models import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class PartySnapshot:
    """What the registry says of a party at one version. `row_id` never leaves the house."""

    row_id: int
    reference: UUID
    version: int
    kind: str
    name: str
    lifecycle: str
    attributes: Mapping[str, Value]


def snapshot_of(party: Party, model: PartyModel) -> PartySnapshot:
    """The party with the attributes that the organisation declares today."""
    return PartySnapshot(
        row_id=party.pk,
        reference=party.reference,
        version=party.version,
        kind=party.kind,
        name=party.name,
        lifecycle=party.lifecycle,
        attributes=read_attributes(model, party.attributes),
    )


def read_attributes(model: PartyModel, stored: Mapping[str, Any]) -> dict[str, Value]:
    """The stored attributes as values. What an older pack kept in another form is left out."""
    values: dict[str, Value] = {}
    for name, of in model.attributes.items():
        try:
            value = decode(of, stored.get(name))
        except (ArithmeticError, LookupError, TypeError, ValueError):
            continue
        if value is not None and well_typed(of, value):
            values[name] = value
    return values


def write_attributes(model: PartyModel, values: Mapping[str, Value]) -> dict[str, Any]:
    """The values as JSON, None for those taken away."""
    return {name: encode(model.attributes[name], value) for name, value in values.items()}
