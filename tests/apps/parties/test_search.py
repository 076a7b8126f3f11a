"""Finding people as one types: accents, order and typing errors are forgiven, strangers unseen."""

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.apps.conftest import NOW, House
from tests.apps.parties.registry import MODEL
from ventanilla.core.definition.expressions import Identity, Value
from ventanilla.parties.analysis import fold, name_key, sound, tokens, variants
from ventanilla.parties.duplicates import likely_duplicates
from ventanilla.parties.search import PartyHit, Why, search
from ventanilla.parties.services import record_party

PEOPLE: tuple[Mapping[str, Value], ...] = (
    {
        "name": "María Muñoz Velásquez",
        "document": Identity(kind="pe.dni", number="12345678"),
        "email": "maria@correo.example",
        "phone": "987654321",
    },
    {"name": "Mariana Muñante", "email": "mariana@correo.example"},
    {"name": "José Giménez Quispe", "company": "Exportadora Andina SAC"},
    {"name": "Hilda Bellido", "phone": "+56961234567"},
    {"company": "Cacao del Valle EIRL", "ruc": Identity(kind="pe.ruc", number="20123456786")},
)


@pytest.fixture
def people(house: House) -> House:
    for attributes in PEOPLE:
        record_party(actor=house.agent, now=NOW, model=MODEL, attributes=attributes, country="PE")
    return house


def names(hits: tuple[PartyHit, ...]) -> list[str]:
    return [hit.name for hit in hits]


@pytest.mark.parametrize(
    ("typed", "name", "why"),
    [
        ("María Muñoz Velásquez", "María Muñoz Velásquez", Why.NAME),
        ("velasquez muñoz maria", "María Muñoz Velásquez", Why.NAME),
        ("MUÑOZ", "María Muñoz Velásquez", Why.WORDS),
        ("munoz", "María Muñoz Velásquez", Why.SIMILAR),
        ("maria velazquez", "María Muñoz Velásquez", Why.SIMILAR),
        ("maria belaskez", "María Muñoz Velásquez", Why.SIMILAR),
        ("maira muñoz", "María Muñoz Velásquez", Why.SIMILAR),
        ("jimenez", "José Giménez Quispe", Why.SIMILAR),
        ("ilda bellido", "Hilda Bellido", Why.SIMILAR),
        ("jose carlos gimenez quispe", "José Giménez Quispe", Why.PARTLY),
        ("exportadora and", "José Giménez Quispe", Why.BEGUN),
        ("cacao", "Cacao del Valle EIRL", Why.WORDS),
        ("12345678", "María Muñoz Velásquez", Why.NUMBER),
        ("1234 56", "María Muñoz Velásquez", Why.NUMBER),
        ("20-12345678-6", "Cacao del Valle EIRL", Why.NUMBER),
        ("987 654", "María Muñoz Velásquez", Why.ADDRESS),
        ("+51 987", "María Muñoz Velásquez", Why.ADDRESS),
        ("+56 9 6123", "Hilda Bellido", Why.ADDRESS),
        ("MARIA@corr", "María Muñoz Velásquez", Why.ADDRESS),
    ],
)
def test_what_is_typed_it_finds_the_person_first_and_says_how(
    people: House, typed: str, name: str, why: Why
) -> None:
    found = search(people.agent, typed, country="PE")

    assert found
    assert (found[0].name, found[0].why) == (name, why)


def test_a_word_half_typed_it_finds_all_that_begin_so(people: House) -> None:
    both = {"María Muñoz Velásquez", "Mariana Muñante"}
    assert set(names(search(people.agent, "mari"))) == both
    assert names(search(people.agent, "mari muñan")) == ["Mariana Muñante"]


@pytest.mark.parametrize(
    "typed", ["", " ", "m", "'", "\0", "%", "zzzz", "@", "ñ", "00", "++++1111"]
)
def test_too_little_or_unknown_text_it_finds_nobody_or_answers_calmly(
    people: House, typed: str
) -> None:
    assert len(search(people.agent, typed)) <= len(PEOPLE)
    if typed.strip() in {"", "m", "'", "\0", "%", "zzzz"}:
        assert search(people.agent, typed) == ()


def test_a_hit_it_tells_people_of_one_name_apart(people: House) -> None:
    hit = search(people.agent, "María Muñoz")[0]

    assert (hit.email, hit.phone) == ("maria@correo.example", "+51987654321")
    assert hit.identifiers == (("pe.dni", "12345678"),)
    assert hit.lifecycle == "desconocido"


def test_another_organisation_it_finds_nobody_of_this_one(people: House, neighbour: House) -> None:
    for typed in ("María Muñoz", "munoz", "12345678", "maria@correo.example", "987654321"):
        assert search(neighbour.agent, typed, country="PE") == ()
    assert likely_duplicates(neighbour.agent, model=MODEL, attributes=PEOPLE[0]) == ()


def test_the_statements_of_a_search_they_do_not_grow_with_the_people_found(people: House) -> None:
    with CaptureQueriesContext(connection) as few:
        search(people.agent, "maria mu")
    for _ in range(15):
        record_party(actor=people.agent, now=NOW, model=MODEL, attributes={"name": "María Muñoz"})
    with CaptureQueriesContext(connection) as many:
        found = search(people.agent, "maria mu")

    assert len(found) > 10
    assert len(many) <= len(few)


@pytest.mark.parametrize(
    ("attributes", "name", "why"),
    [
        ({"name": "Otra", "document": PEOPLE[0]["document"]}, "María Muñoz Velásquez", Why.NUMBER),
        ({"name": "Otra", "email": "MARIA@correo.example"}, "María Muñoz Velásquez", Why.ADDRESS),
        ({"name": "Otra", "phone": "+51987654321"}, "María Muñoz Velásquez", Why.ADDRESS),
        ({"name": "Munoz Velazquez María"}, "María Muñoz Velásquez", Why.SIMILAR),
        ({"name": "José", "surname": "Gimenez Quispe"}, "José Giménez Quispe", Why.NAME),
    ],
)
def test_somebody_known_already_it_is_named_before_a_double_is_made(
    people: House, attributes: Mapping[str, Value], name: str, why: Why
) -> None:
    found = likely_duplicates(people.agent, model=MODEL, attributes=attributes, country="PE")

    assert [(hit.name, hit.why) for hit in found] == [(name, why)]


def test_somebody_of_another_name_it_is_no_likely_double(people: House) -> None:
    assert likely_duplicates(people.agent, model=MODEL, attributes={"name": "María Torres"}) == ()


def test_the_party_itself_it_is_not_its_own_double(people: House) -> None:
    own = search(people.agent, "12345678")[0].reference

    assert likely_duplicates(people.agent, model=MODEL, attributes=PEOPLE[0], excluding=own) == ()


@given(text=st.text(max_size=80))
def test_folding_it_settles_at_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert name_key(" ".join(reversed(tokens(text)))) == name_key(text)


@given(
    word=st.text(alphabet="abcdeñijklmnorstuvyz", min_size=5, max_size=12),
    place=st.integers(min_value=0, max_value=11),
    letter=st.sampled_from("abcñz"),
    error=st.sampled_from(["leave out", "put in", "exchange", "swap"]),
)
def test_one_typing_error_it_leaves_a_form_in_common(
    word: str, place: int, letter: str, error: str
) -> None:
    place %= len(word) - 1
    misspelt = {
        "leave out": word[:place] + word[place + 1 :],
        "put in": word[:place] + letter + word[place:],
        "exchange": word[:place] + letter + word[place + 1 :],
        "swap": word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    }[error]

    assert variants(word) & variants(misspelt)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gimenez", "jimenez"),
        ("velasquez", "belaskes"),
        ("hernandez", "ernandes"),
        ("llosa", "yosa"),
        ("zevallos", "cevayos"),
        ("huaman", "uaman"),
    ],
)
def test_spellings_of_one_sound_they_are_one(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_words_of_different_sound_they_stay_apart() -> None:
    assert len({sound(word) for word in ("mesa", "misa", "masa", "moza", "musa")}) == 5
