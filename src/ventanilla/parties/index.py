"""The words by which parties are found, kept beside them in the same transaction."""

from collections.abc import Iterable

from ventanilla.core.definition.model import FieldType, PartyModel
from ventanilla.parties.access import tokens_of
from ventanilla.parties.analysis import tokens, variants
from ventanilla.parties.models import Party, PartyToken, Spelling


def index_party(party: Party, model: PartyModel) -> None:
    """Makes the party's words those of its name and its short texts."""
    texts = [party.name]
    for name, of in model.attributes.items():
        stored = party.attributes.get(name)
        if of.type is FieldType.TEXT and isinstance(stored, str):
            texts.append(stored)
    wanted = set(tokens(" ".join(texts)))
    own = tokens_of(party.pk)
    present = set(own.values_list("token", flat=True))
    if gone := present - wanted:
        own.filter(token__in=gone).delete()
        forget_unused(party.organization_id, gone)
    if new := wanted - present:
        _add(party, new)


def unindex_party(party: Party) -> None:
    """Takes all words of the party away, and those that nobody else carries out of the index."""
    own = tokens_of(party.pk)
    gone = set(own.values_list("token", flat=True))
    own.delete()
    forget_unused(party.organization_id, gone)


def forget_unused(organization_id: int, words: Iterable[str]) -> None:
    """Drops the misspelt forms of words that no party carries any more."""
    words = set(words)
    unused = words - _carried(organization_id, words)
    if unused:
        Spelling.objects.within(organization_id).filter(token__in=unused).delete()


def _add(party: Party, words: set[str]) -> None:
    """A word new to the organisation brings its misspelt forms with it."""
    unheard = words - _carried(party.organization_id, words)
    PartyToken.objects.within(party.organization_id).bulk_create(
        PartyToken(organization_id=party.organization_id, party=party, token=word)
        for word in sorted(words)
    )
    Spelling.objects.within(party.organization_id).bulk_create(
        (
            Spelling(organization_id=party.organization_id, variant=form, token=word)
            for word in sorted(unheard)
            for form in sorted(variants(word))
        ),
        ignore_conflicts=True,
    )


def _carried(organization_id: int, words: set[str]) -> set[str]:
    rows = PartyToken.objects.within(organization_id).filter(token__in=words)
    return set(rows.values_list("token", flat=True).distinct())
