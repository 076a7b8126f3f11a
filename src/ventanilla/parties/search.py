"""Finding parties while somebody types: by number, address or name, errors forgiven.

The words are the same rows on every database, so the answer is the same too. What was asked is
tried from strict to lenient, and each further try is made only while there are too few answers.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from ventanilla.identity.actor import Actor
from ventanilla.packs.contacts import Address, check_phone
from ventanilla.packs.identifiers import KINDS, Identifier, check_identifier, compacted
from ventanilla.parties.access import contacts_of, identifiers_of, tokens_of
from ventanilla.parties.analysis import name_key, sound, tokens, variants
from ventanilla.parties.models import (
    ContactChannel,
    ContactPoint,
    Party,
    PartyIdentifier,
    PartyToken,
    Spelling,
)

LONGEST_QUERY = 200
MOST_WORDS = 6
ENOUGH_DIGITS = 4
SHORTEST_PREFIX = 2
_CANDIDATES = 60
_SPELLINGS = 12
_COMPLETIONS = 24
_COMMON = 2000
_LAST = "\U0010ffff"


class Why(IntEnum):
    """How a party fits what was asked, the best first."""

    NUMBER = 0
    ADDRESS = 1
    NAME = 2
    WORDS = 3
    BEGUN = 4
    SIMILAR = 5
    PARTLY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyHit:
    """A party found, with what tells it from others of the same name."""

    reference: UUID
    kind: str
    name: str
    lifecycle: str
    email: str
    phone: str
    identifiers: tuple[tuple[str, str], ...]
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One asked word and the words of the registry that stand for it."""

    asked: str
    stands_for: tuple[str, ...]

    @property
    def is_exact(self) -> bool:
        return self.stands_for == (self.asked,)


def search(actor: Actor, text: str, *, country: str = "", limit: int = 20) -> tuple[PartyHit, ...]:
    """The parties of the actor's organisation that fit, the best first; () for too little text.

    `country` is the office's, for telephone numbers typed without theirs.
    """
    text = text.replace("\0", "")[:LONGEST_QUERY].strip()
    found: dict[int, Why] = {}
    for row_id, why in _candidates(actor, text, country, limit):
        found.setdefault(row_id, why)
    return hits(actor, found, text, limit)


def hits(actor: Actor, found: dict[int, Why], text: str, limit: int) -> tuple[PartyHit, ...]:
    """The rows as people read them: by how they fit, then by likeness of the name."""
    asked = name_key(text)
    rows = Party.objects.visible_to(actor).filter(pk__in=found, erased_at=None)
    best = sorted(
        rows,
        key=lambda row: (
            found[row.pk],
            -round(fuzz.token_set_ratio(asked, row.name_key)),
            row.name,
            row.pk,
        ),
    )[:limit]
    ids = [row.pk for row in best]
    emails = _defaults(ids, ContactChannel.EMAIL)
    phones = _defaults(ids, ContactChannel.PHONE)
    numbers = _numbers(ids)
    return tuple(
        PartyHit(
            reference=row.reference,
            kind=row.kind,
            name=row.name,
            lifecycle=row.lifecycle,
            email=emails.get(row.pk, ""),
            phone=phones.get(row.pk, ""),
            identifiers=tuple(numbers.get(row.pk, ())),
            why=found[row.pk],
        )
        for row in best
    )


def _candidates(actor: Actor, text: str, country: str, limit: int) -> Iterator[tuple[int, Why]]:
    if "@" in text:
        yield from ((row_id, Why.ADDRESS) for row_id in _with_email(actor, text, limit))
        return
    if sum(character.isdecimal() for character in text) >= ENOUGH_DIGITS:
        yield from ((row_id, Why.NUMBER) for row_id in _with_number(actor, text, limit))
        yield from ((row_id, Why.ADDRESS) for row_id in _with_phone(actor, text, country, limit))
    yield from by_words(actor, text, limit)


# --- numbers and addresses ----------------------------------------------------------------------


def _with_number(actor: Actor, text: str, limit: int) -> list[int]:
    """The whole number in any of the ways it is written, then its beginning."""
    rows = PartyIdentifier.objects.visible_to(actor)
    whole: list[int] = []
    for kind in KINDS:
        identifier = check_identifier(kind, text)
        if isinstance(identifier, Identifier):
            same = rows.filter(kind=kind, value=identifier.key)
            whole += same.values_list("party_id", flat=True)
    begun = rows.filter(_begins("value", compacted(text))).order_by("value", "party_id")
    return [*whole, *begun.values_list("party_id", flat=True)[:limit]]


def _with_email(actor: Actor, text: str, limit: int) -> list[int]:
    rows = ContactPoint.objects.visible_to(actor).filter(
        _begins("lookup", text.casefold()), channel=ContactChannel.EMAIL
    )
    return list(rows.order_by("lookup", "party_id").values_list("party_id", flat=True)[:limit])


def _with_phone(actor: Actor, text: str, country: str, limit: int) -> list[int]:
    digits = "".join(character for character in text if character.isdecimal())
    rows = ContactPoint.objects.visible_to(actor).filter(channel=ContactChannel.PHONE)
    begun = (
        rows.filter(_begins("value", f"+{digits}")).order_by("value", "party_id")
        if text.startswith("+")
        else rows.filter(_begins("lookup", digits.lstrip("0") or digits)).order_by(
            "lookup", "party_id"
        )
    )
    number = check_phone(text, country)
    whole = rows.filter(value=number.value) if isinstance(number, Address) else rows.none()
    return [
        *whole.order_by("party_id").values_list("party_id", flat=True)[:limit],
        *begun.values_list("party_id", flat=True)[:limit],
    ]


def _begins(column: str, text: str) -> Q:
    """The column begins with the text: a range of its index."""
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + _LAST})


# --- words --------------------------------------------------------------------------------------


def by_words(actor: Actor, text: str, limit: int) -> Iterator[tuple[int, Why]]:
    """Parties by the words of their names, from the very name to most of its words misspelt.

    That every word is half typed, or one fails, is tried only when nobody was found otherwise.
    """
    asked = tokens(text)[:MOST_WORDS]
    if not asked or all(len(word) < SHORTEST_PREFIX for word in asked):
        return
    seen: set[int] = set()
    lenient = False
    for why, rows in _tries(actor, asked, name_key(text), limit):
        lenient = lenient or why is Why.SIMILAR
        for row_id in rows:
            seen.add(row_id)
            yield row_id, why
        if len(seen) >= limit or (seen and lenient):
            return


def _tries(
    actor: Actor, asked: tuple[str, ...], key: str, limit: int
) -> Iterator[tuple[Why, Iterable[int]]]:
    named = Party.objects.visible_to(actor).filter(name_key=key, erased_at=None)
    yield Why.NAME, list(named.order_by("pk").values_list("pk", flat=True)[:limit])
    exact = tuple(Word(asked=word, stands_for=(word,)) for word in asked)
    yield Why.WORDS, _with_words(actor, exact)
    begun = (*exact[:-1], _completed(actor, asked[-1]))
    yield Why.BEGUN, _with_words(actor, begun)
    lenient = _forgiven(actor, begun)
    yield Why.SIMILAR, _with_words(actor, lenient)
    if len(asked) > 1:
        yield Why.BEGUN, _with_words(actor, [_completed(actor, word) for word in asked])
        yield Why.PARTLY, _with_most_words(actor, lenient)


def _completed(actor: Actor, begun: str) -> Word:
    """A word that may be only half typed, with its shortest completions."""
    if len(begun) < SHORTEST_PREFIX:
        return Word(asked=begun, stands_for=(begun,))
    words = (
        Spelling.objects.visible_to(actor)
        .filter(_begins("variant", begun), variant=F("token"))
        .annotate(size=Length("token"))
        .order_by("size", "token")
        .values_list("token", flat=True)[:_COMPLETIONS]
    )
    return Word(asked=begun, stands_for=tuple(dict.fromkeys((begun, *words))))


def _forgiven(actor: Actor, words: Sequence[Word]) -> tuple[Word, ...]:
    """Each word with those of the registry that are one typing error away or sound the same."""
    forms = {word.asked: variants(word.asked) for word in words}
    rows = Spelling.objects.visible_to(actor).filter(variant__in=set().union(*forms.values()))
    near: dict[str, set[str]] = {word.asked: set() for word in words}
    for variant, token in rows.values_list("variant", "token"):
        for asked, own in forms.items():
            if variant in own and _is_near(asked, token):
                near[asked].add(token)
    return tuple(
        Word(
            asked=word.asked,
            stands_for=tuple(
                dict.fromkeys(
                    (
                        *word.stands_for,
                        *sorted(near[word.asked], key=lambda token: _distance(word.asked, token)),
                    )
                )
            )[: _COMPLETIONS + _SPELLINGS],
        )
        for word in words
    )


def _is_near(asked: str, token: str) -> bool:
    return OSA.distance(asked, token, score_cutoff=1) <= 1 or sound(asked) == sound(token)


def _distance(asked: str, token: str) -> tuple[int, str]:
    return OSA.distance(asked, token), token


def _with_words(actor: Actor, words: Sequence[Word]) -> list[int]:
    """The first parties that carry all the words.

    Words as they were asked are looked through to the end, in the order of an index, so that
    common ones stop early. Where words stand for many, only the rarest one's first rows are
    looked through: one more letter typed makes it exact.
    """
    rarest, *others = _by_rarity(actor, words) if len(words) > 1 else words
    if all(word.is_exact for word in words):
        rows = _carrying(actor, rarest)
        for word in others:
            same = _carrying(actor, word).filter(party_id=OuterRef("party_id"))
            rows = rows.filter(Exists(same))
        return list(rows.order_by("party_id").values_list("party_id", flat=True)[:_CANDIDATES])
    first = _carrying(actor, rarest).order_by("token", "party_id").values("party_id")[:_COMMON]
    parties = Party.objects.visible_to(actor).filter(pk__in=Subquery(first))
    for word in others:
        parties = parties.filter(
            Exists(tokens_of(OuterRef("pk")).filter(token__in=word.stands_for))
        )
    return list(parties.order_by("pk").values_list("pk", flat=True)[:_CANDIDATES])


def _with_most_words(actor: Actor, words: Sequence[Word]) -> list[int]:
    """The first parties that carry all the words but one."""
    found: list[int] = []
    for left_out in words:
        found += _with_words(actor, [word for word in words if word is not left_out])
    return list(dict.fromkeys(found))


def _by_rarity(actor: Actor, words: Sequence[Word]) -> list[Word]:
    counted = [
        (_carrying(actor, word)[:_COMMON].count(), place, word) for place, word in enumerate(words)
    ]
    return [word for _, _, word in sorted(counted, key=lambda item: item[:2])]


def _carrying(actor: Actor, word: Word) -> QuerySet[PartyToken]:
    rows = PartyToken.objects.visible_to(actor)
    if word.is_exact:
        return rows.filter(token=word.asked)
    return rows.filter(token__in=word.stands_for)


# --- what is shown ------------------------------------------------------------------------------


def _defaults(ids: Sequence[int], channel: ContactChannel) -> dict[int, str]:
    rows = contacts_of(ids).filter(channel=channel, is_default=True)
    return dict(rows.values_list("party_id", "value"))


def _numbers(ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    rows = identifiers_of(ids).values_list("party_id", "kind", "value")
    for party_id, kind, value in sorted(rows):
        found.setdefault(party_id, []).append((kind, value))
    return found
