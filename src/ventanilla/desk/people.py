"""Finding people of the registry while somebody types, and who looks like somebody known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ventanilla.answers.shown import kind_title, shown
from ventanilla.catalog.published import current_pack
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Field, FieldType, PartyModel
from ventanilla.identity.actor import Actor
from ventanilla.parties.duplicates import likely_duplicates
from ventanilla.parties.search import PartyHit, Why, search
from ventanilla.parties.selectors import party_snapshot

MOST = 12
ENOUGH = 2
"""So many characters make a search worth while."""

WHY: Final[dict[Why, str | Promise]] = {
    Why.NUMBER: _("mismo documento"),
    Why.ADDRESS: _("misma dirección o teléfono"),
    Why.NAME: _("mismo nombre"),
    Why.WORDS: "",
    Why.BEGUN: "",
    Why.SIMILAR: _("nombre parecido"),
    Why.PARTLY: _("coincide en parte"),
}

_TYPES: Final = frozenset({FieldType.IDENTITY, FieldType.PHONE, FieldType.EMAIL})
_NAMES: Final = frozenset({"name", "surname", "company"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Somebody of the registry, told apart from others at a glance."""

    reference: UUID
    name: str
    hint: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(Hint):
    """Somebody of the registry with what it holds of them."""

    values: Mapping[str, Value]


def party_model(actor: Actor, now: datetime) -> PartyModel | None:
    """What the organisation keeps of people; none before a pack is loaded."""
    pack = current_pack(actor.organization_id, now)
    return pack.party if pack else None


def first_attributes(model: PartyModel) -> tuple[Field, ...]:
    """What is worth asking somebody who is new, at once: names, documents, how to reach them."""
    return tuple(of for name, of in model.attributes.items() if name in _NAMES or of.type in _TYPES)


def found_by(actor: Actor, text: str, country: str) -> tuple[Hint, ...]:
    """Those who fit what was typed: a number, an address, or a name, errors forgiven."""
    wanted = text.strip()
    if len(wanted) < ENOUGH:
        return ()
    return tuple(_hint(hit) for hit in search(actor, wanted, country=country, limit=MOST))


def look_alikes(
    actor: Actor, values: Mapping[str, Value], model: PartyModel, country: str
) -> tuple[Hint, ...]:
    """Those known already who look like somebody with these data."""
    alike = likely_duplicates(actor, model=model, attributes=values, country=country)
    return tuple(_hint(hit) for hit in alike)


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
        hint=_joined(*told),
        values=values,
    )


def _hint(hit: PartyHit) -> Hint:
    numbers = (f"{kind_title(kind)} {number}" for kind, number in hit.identifiers)
    return Hint(
        reference=hit.reference,
        name=hit.name,
        hint=_joined(*numbers, hit.email, hit.phone),
        why=str(WHY[hit.why]),
    )


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
