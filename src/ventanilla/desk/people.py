"""Finding people of the registry while somebody types, and who looks like somebody known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404

from ventanilla.catalog.published import current_pack
from ventanilla.core.definition.expressions import Identity, Value
from ventanilla.core.definition.model import Field, FieldType, PartyModel
from ventanilla.desk.shown import shown
from ventanilla.identity.actor import Actor
from ventanilla.parties.selectors import (
    parties_with_email,
    parties_with_phone,
    party_snapshot,
    party_with_identifier,
)

MOST = 12
ENOUGH = 2
"""So many characters make a search worth while."""

_TYPES = frozenset({FieldType.IDENTITY, FieldType.PHONE, FieldType.EMAIL})
_NAMES = frozenset({"name", "surname", "company"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Somebody of the registry, told apart from others at a glance."""

    reference: UUID
    name: str
    hint: str
    why: str = ""


def party_model(actor: Actor, now: datetime) -> PartyModel | None:
    """What the organisation keeps of people; none before a pack is loaded."""
    pack = current_pack(actor.organization_id, now)
    return pack.party if pack else None


def first_attributes(model: PartyModel) -> tuple[Field, ...]:
    """What is worth asking somebody who is new, at once: names, documents, how to reach them."""
    return tuple(of for name, of in model.attributes.items() if name in _NAMES or of.type in _TYPES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(Hint):
    """Somebody of the registry with what it holds of them."""

    values: Mapping[str, Value]


def found_by(actor: Actor, text: str, model: PartyModel, country: str) -> tuple[Hint, ...]:
    """Those who fit what was typed: a number, an address, or a name."""
    wanted = text.strip()
    if len(wanted) < ENOUGH:
        return ()
    references: dict[UUID, None] = {}
    for kind in _kinds(model):
        named = party_with_identifier(actor.organization_id, kind, wanted)
        references |= {named: None} if named else {}
    for reference in (
        *parties_with_email(actor.organization_id, wanted),
        *parties_with_phone(actor.organization_id, wanted, country),
    ):
        references[reference] = None
    return tuple(known(actor, reference, model) for reference in list(references)[:MOST])


def look_alikes(
    actor: Actor, values: Mapping[str, Value], model: PartyModel, country: str
) -> tuple[Hint, ...]:
    """Those known already who look like somebody with these data."""
    found: dict[UUID, Hint] = {}
    for value in values.values():
        typed = value.number if isinstance(value, Identity) else str(value)
        for hint in found_by(actor, typed, model, country):
            found[hint.reference] = hint
    return tuple(found.values())


def known(actor: Actor, reference: UUID, model: PartyModel) -> Known:
    """Somebody of the registry; 404 when the organisation knows no such party."""
    snapshot = party_snapshot(actor.organization_id, model=model, reference=reference)
    if snapshot is None:
        raise Http404
    values = snapshot.attributes
    told = (shown(of, values.get(of.name)) for of in first_attributes(model) if of.name != "name")
    return Known(
        reference=reference,
        name=snapshot.name,
        hint=" · ".join(text for text in told if text),
        values=values,
    )


def _kinds(model: PartyModel) -> tuple[str, ...]:
    kinds = (kind for of in model.attributes.values() for kind in of.kinds)
    return tuple(dict.fromkeys(kinds))
