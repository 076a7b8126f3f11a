"""Whether somebody who is about to be recorded may be known already."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from rapidfuzz import fuzz

from ventanilla.core.definition.expressions import Identity, Value
from ventanilla.core.definition.model import PartyModel
from ventanilla.identity.actor import Actor
from ventanilla.packs.identifiers import Identifier, check_identifier
from ventanilla.parties.analysis import name_key
from ventanilla.parties.contacts import reaches_of
from ventanilla.parties.models import ContactPoint, Party, PartyIdentifier
from ventanilla.parties.search import PartyHit, Why, by_words, hits
from ventanilla.parties.services import displayed_name

ALIKE = 88
"""From this likeness of two whole names on, out of 100, somebody should look."""


def likely_duplicates(
    actor: Actor,
    *,
    model: PartyModel,
    attributes: Mapping[str, Value],
    country: str = "",
    excluding: UUID | None = None,
    limit: int = 5,
) -> tuple[PartyHit, ...]:
    """The parties that share an official number, an address or nearly the whole name."""
    name = displayed_name(attributes)
    found: dict[int, Why] = {}
    for row_id in _with_numbers(actor, attributes.values()):
        found.setdefault(row_id, Why.NUMBER)
    for reach in reaches_of(model, attributes, country):
        rows = ContactPoint.objects.visible_to(actor).filter(
            channel=reach.channel, lookup=reach.lookup
        )
        for row_id in rows.values_list("party_id", flat=True)[:limit]:
            found.setdefault(row_id, Why.ADDRESS)
    for row_id, why in _with_name(actor, name, limit):
        found.setdefault(row_id, why)
    return tuple(hit for hit in hits(actor, found, name, limit + 1) if hit.reference != excluding)[
        :limit
    ]


def _with_numbers(actor: Actor, values: Iterable[Value]) -> Iterable[int]:
    for value in values:
        if not isinstance(value, Identity):
            continue
        identifier = check_identifier(value.kind, value.number)
        if isinstance(identifier, Identifier):
            rows = PartyIdentifier.objects.visible_to(actor)
            same = rows.filter(kind=identifier.kind, value=identifier.key)
            yield from same.values_list("party_id", flat=True)


def _with_name(actor: Actor, name: str, limit: int) -> Iterable[tuple[int, Why]]:
    key = name_key(name)
    near = dict(by_words(actor, name, limit))
    names = Party.objects.visible_to(actor).filter(pk__in=near).values_list("pk", "name_key")
    for row_id, other in names:
        if other == key:
            yield row_id, Why.NAME
        elif fuzz.token_sort_ratio(key, other) >= ALIKE:
            yield row_id, Why.SIMILAR
