"""Texts are filled with what is known, and every merge field is checked when they are loaded."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.definition.expressions import Env, Identity, Person, Scope
from ventanilla.core.definition.expressions.types import (
    BOOLEAN,
    DATE,
    DATETIME,
    IDENTITY,
    PERSON,
    TEXT,
    choice_of,
)
from ventanilla.core.definition.problems import Code
from ventanilla.core.definition.texts import Text, compile_text

ENV = Env(
    types={
        "nombre": TEXT,
        "servicio": choice_of((("tv", "TV cable"), ("internet", "Internet"))),
        "visita": DATE,
        "llegada": DATETIME,
        "documento": IDENTITY,
        "especialista": PERSON,
        "socio": BOOLEAN,
    }
)
SCOPE: Scope = {
    "nombre": "Ana",
    "servicio": "tv",
    "visita": date(2026, 3, 1),
    "llegada": datetime(2026, 3, 1, 3, 0, tzinfo=UTC),
    "documento": Identity(kind="pe.dni", number="12345678"),
    "especialista": Person(key="rosa", name="Rosa", phone="555"),
    "socio": True,
}


def text_of(source: str) -> Text:
    found = compile_text(source, ENV)
    assert isinstance(found, Text), found
    return found


def test_fragment_its_parts_stand_where_it_is_named() -> None:
    name = text_of("{{ nombre }} ({{ documento }})")

    text = compile_text("A {{text.persona}}:", ENV, {"persona": name})

    assert isinstance(text, Text)
    assert text.render(SCOPE) == "A Ana (12345678):"
    assert text.source == "A {{text.persona}}:"
    assert text.wording == "A {{nombre}} ({{documento}}):"
    assert text.fragments == {"persona"}
    assert text.names == {"nombre", "documento"}


def test_fragment_it_is_told_when_nobody_wrote_it() -> None:
    found = compile_text("A {{ text.persna }}", ENV, {"persona": text_of("x")})

    assert isinstance(found, tuple)
    assert [(one.code, one.offset, one.params["near"]) for one in found] == [
        (Code.UNKNOWN_TEXT, 10, "persona")
    ]


def test_fragments_they_cannot_grow_a_text_without_bound() -> None:
    many = compile_text("{{ nombre }} " * 200, ENV)
    assert isinstance(many, Text)

    found = compile_text("{{ text.muchos }}{{ text.muchos }}", ENV, {"muchos": many})

    assert isinstance(found, tuple)
    assert [one.code for one in found] == [Code.EXPRESSION_TOO_BIG]


def test_fills_in_each_kind_of_value_as_people_read_it() -> None:
    text = text_of(
        "{{ nombre }} ({{documento}}) pide {{ servicio }} el {{ visita }}, {{ llegada }}: "
        "{{ especialista.name }} {{ especialista.phone }} {{ documento.kind }} {{ socio }}"
    )

    assert text.render(SCOPE) == (
        "Ana (12345678) pide TV cable el 01/03/2026, 01/03/2026 03:00: Rosa 555 pe.dni sí"
    )
    assert text.names == frozenset(SCOPE)


def test_leaves_no_mark_where_a_value_is_missing_and_tells_which() -> None:
    text = text_of("Hola {{ nombre }}\n\n{{ servicio }}\n\nAdiós {{ upper(nombre) }}.")

    assert text.render({}) == "Hola \n\nAdiós ."
    assert text.missing({}) == ("nombre", "servicio", "upper(nombre)")
    assert text.missing(SCOPE) == ()


def test_takes_braces_within_quotes_as_text() -> None:
    assert text_of('{{ "{{" + nombre + "}}" }}').render(SCOPE) == "{{Ana}}"


def test_tells_every_merge_field_that_is_wrong_with_its_place() -> None:
    found = compile_text("Hola {{ nombr }}, {{ servicio == 3 }} y {{ nombre", ENV)

    assert not isinstance(found, Text)
    assert [(problem.code, problem.offset) for problem in found] == [
        (Code.EXPRESSION_UNKNOWN_NAME, 8),
        (Code.EXPRESSION_TYPES, 30),
        (Code.MERGE_FIELD_OPEN, 40),
    ]


@given(st.text(alphabet="{} \"'nombre|\\", max_size=60))
def test_answers_any_text_with_a_text_or_problems(source: str) -> None:
    found = compile_text(source, ENV)

    if isinstance(found, Text):
        found.render(SCOPE)
    else:
        assert all(0 <= problem.offset <= len(source) for problem in found)
