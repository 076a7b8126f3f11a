"""The expression language: typed when loaded, total when evaluated, bounded always."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.expressions import (
    Env,
    Expression,
    ExpressionProblem,
    Lookup,
    Scope,
    Value,
    compile_expression,
)
from ventanilla.core.definition.expressions.types import (
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    NUMBER,
    TEXT,
    choice_of,
    list_of,
)
from ventanilla.core.definition.problems import Code

SERVICES = choice_of((("internet", "Internet"), ("tv", "TV cable")))
ENV = Env(
    types={
        "servicio": SERVICES,
        "servicios": list_of(SERVICES),
        "impedido": BOOLEAN,
        "monto": NUMBER,
        "cuotas": NUMBER,
        "nombre": TEXT,
        "visita": DATE,
        "llegada": DATETIME,
        "frecuencia": DURATION,
        "party.registered": BOOLEAN,
        "today": DATE,
        "now": DATETIME,
    },
    catalogues={
        "regiones": Lookup(
            columns=frozenset({"label", "buzon"}),
            rows={"AP": {"label": "Arica", "buzon": "arica@prueba.example"}},
        )
    },
)
LIMA = ZoneInfo("America/Lima")
SCOPE: Scope = {
    "servicio": "internet",
    "servicios": ("internet", "tv"),
    "impedido": False,
    "monto": Decimal("10.50"),
    "cuotas": 3,
    "nombre": "Ana",
    "visita": date(2026, 3, 1),
    "llegada": datetime(2026, 3, 1, 3, 0, tzinfo=UTC),
    "frecuencia": Span(amount=1, unit=Unit.BUSINESS_DAY),
    "party.registered": True,
    "today": date(2026, 2, 27),
    "now": datetime(2026, 2, 27, 16, 30, tzinfo=LIMA),
}


def value_of(source: str, scope: Scope = SCOPE) -> Value:
    compiled = compile_expression(source, ENV)
    assert isinstance(compiled, Expression), compiled
    return compiled.evaluate(scope)


def problem_of(source: str) -> ExpressionProblem:
    compiled = compile_expression(source, ENV)
    assert isinstance(compiled, ExpressionProblem), compiled
    return compiled


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('servicio == "internet"', True),
        ('servicio in ["tv", "internet"]', True),
        ('servicio not in ["tv"]', True),
        ('"tv" in servicios', True),
        ("not impedido and party.registered", True),
        ("impedido or not party.registered", False),
        ("monto * cuotas + 1", Decimal("32.50")),
        ("2 + 3 * 4 - -1", 15),
        ("(2 + 3) * 4", 20),
        ("monto / 0", None),
        ("7 / 2", Decimal("3.5")),
        ("0.1 + 0.2 == 0.3", True),
        ('"alto" if monto > 10 else "bajo"', "alto"),
        ("1 if false else 2 if false else 3", 3),
        ('nombre + ", buenas"', "Ana, buenas"),
        (r'"di \"sí\""', 'di "sí"'),
        ("visita > today", True),
        ("days(today, visita)", 2),
        ("days(today, llegada)", 1),
        ("add_days(visita, -30)", date(2026, 1, 30)),
        ("add_months(visita, -1)", date(2026, 2, 1)),
        ("add_months(add_days(visita, -29), 1)", date(2026, 2, 28)),
        ("add_months(visita, 100000000)", None),
        ("date(llegada) == today", False),
        ("hour(llegada)", 22),
        ("len(servicios)", 2),
        ("empty(nombre)", False),
        ("known(nombre)", True),
        ("upper(nombre) + lower(nombre)", "ANAana"),
        ('contains(nombre, "AN")', True),
        ('contains(servicios, "tv")', True),
        ("greeting()", "Buenas tardes"),
        ("date_text(visita)", "1 de marzo de 2026"),
        ("datetime_text(llegada)", "28 de febrero de 2026, 22:00 horas"),
        ("time_text(llegada)", "22:00"),
        ("text(servicio)", "Internet"),
        ("text(frecuencia)", "1 día hábil"),
        ('join(servicios, " y ")', "Internet y TV cable"),
        ('plural(cuotas, "cuota", "cuotas")', "cuotas"),
        ("round(10 / 3, 2)", Decimal("3.33")),
        ('lookup(regiones, "AP", buzon)', "arica@prueba.example"),
        ('lookup(regiones, "XX", "buzon")', None),
        ("nombre == none", False),
        ("none != nombre", True),
    ],
)
def test_means_what_it_says(source: str, expected: Value) -> None:
    assert value_of(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("monto > 10", False),
        ("monto != 10", False),
        ("monto == none", True),
        ("monto != none", False),
        ("empty(monto)", True),
        ("monto + 1", None),
        ("not impedido", True),
        ('servicio in ["tv"]', False),
        ('servicio not in ["tv"]', False),
        ("len(nombre)", None),
        ("text(monto)", None),
        ('lookup(regiones, nombre, "label")', None),
    ],
)
def test_is_false_or_missing_when_a_value_is_missing(source: str, expected: Value) -> None:
    assert value_of(source, {}) == expected


@pytest.mark.parametrize(
    ("source", "code", "offset"),
    [
        ("", Code.EXPRESSION_EMPTY, 0),
        ('nombr == "x"', Code.EXPRESSION_UNKNOWN_NAME, 0),
        ("monto = 3", Code.EXPRESSION_OPERATOR, 6),
        ("impedido && impedido", Code.EXPRESSION_OPERATOR, 9),
        ('servicio == "internt"', Code.EXPRESSION_UNKNOWN_VALUE, 12),
        ('servicio in ["tv", "intenet"]', Code.EXPRESSION_UNKNOWN_VALUE, 12),
        ("servicio == internet", Code.EXPRESSION_UNKNOWN_NAME, 12),
        ("monto == nombre", Code.EXPRESSION_TYPES, 6),
        ("nombre < nombre", Code.EXPRESSION_TYPES, 7),
        ("visita > llegada", Code.EXPRESSION_TYPES, 7),
        ("1 < 2 < 3", Code.EXPRESSION_CHAINED, 6),
        ("not nombre", Code.EXPRESSION_WRONG_TYPE, 4),
        ("monto and impedido", Code.EXPRESSION_WRONG_TYPE, 0),
        ("monto in cuotas", Code.EXPRESSION_WRONG_TYPE, 9),
        ('[1, "a"]', Code.EXPRESSION_MIXED_LIST, 4),
        ("nombre + 1", Code.EXPRESSION_TYPES, 7),
        ("emty(nombre)", Code.EXPRESSION_UNKNOWN_FUNCTION, 0),
        ("empty()", Code.EXPRESSION_ARGUMENTS, 0),
        ("lookup(regione, nombre, label)", Code.UNKNOWN_CATALOGUE, 7),
        ("lookup(regiones, nombre, buson)", Code.EXPRESSION_UNKNOWN_COLUMN, 25),
        ('nombre == "x', Code.EXPRESSION_TEXT_OPEN, 10),
        ("monto > 3x", Code.EXPRESSION_NUMBER, 8),
        ("monto > 9999999999999999999", Code.EXPRESSION_NUMBER, 8),
        ("nombre.__class__", Code.EXPRESSION_UNKNOWN_NAME, 0),
        ('__import__("os")', Code.EXPRESSION_UNKNOWN_FUNCTION, 0),
        ("monto @ 3", Code.EXPRESSION_CHARACTER, 6),
        ("monto > ", Code.EXPRESSION_EXPECTED, 8),
        ("(monto", Code.EXPRESSION_EXPECTED, 6),
        ("monto monto", Code.EXPRESSION_EXPECTED, 6),
        ("(" * 500, Code.EXPRESSION_TOO_BIG, 40),
        ("not " * 400 + "impedido", Code.EXPRESSION_TOO_BIG, 156),
        ("1" + "+1" * 300, Code.EXPRESSION_TOO_BIG, 199),
        ("a" * 3000, Code.EXPRESSION_TOO_LONG, 0),
        ('"a" * 1000000000', Code.EXPRESSION_TYPES, 4),
    ],
)
def test_refuses_with_the_place(source: str, code: Code, offset: int) -> None:
    problem = problem_of(source)

    assert (problem.code, problem.offset) == (code, offset)


@pytest.mark.parametrize(
    ("source", "near"),
    [
        ('nombr == "x"', "nombre"),
        ('servicio == "internt"', "internet"),
        ("servicio == internet", '"internet"'),
        ("party.registred", "party.registered"),
        ("monto = 3", "=="),
        ("emty(nombre)", "empty"),
    ],
)
def test_says_what_was_probably_meant(source: str, near: str) -> None:
    assert problem_of(source).params["near"] == near


def test_keeps_arithmetic_within_bounds() -> None:
    source = " * ".join(["999999999999999999"] * 90)

    assert value_of(source) is None


WORDS = st.sampled_from(
    "servicio servicios impedido monto cuotas nombre visita llegada party.registered and or not in "
    "if else == != < > + - * / ( ) [ ] , \"tv\" 'a' 1 2.5 none true empty( len( days( text( join( "
    "lookup( regiones label round( é ñ . \\ \" '".split()
)
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "servicio": st.sampled_from(["internet", "tv", None]),
    "servicios": st.sampled_from([(), ("tv",), None]),
    "impedido": st.sampled_from([True, False, None]),
    "monto": st.none() | st.decimals(-(10**18), 10**18, places=2),
    "cuotas": st.none() | st.integers(-(10**18), 10**18),
    "nombre": st.none() | st.text(max_size=20),
    "visita": st.none() | st.dates(),
    "llegada": st.none() | st.datetimes(timezones=st.just(UTC)),
    "party.registered": st.booleans(),
}


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=300) | st.lists(WORDS, max_size=40).map(" ".join))
def test_answers_any_text_with_a_value(source: str) -> None:
    compiled = compile_expression(source, ENV)

    if isinstance(compiled, ExpressionProblem):
        assert 0 <= compiled.offset <= len(source)


@settings(max_examples=600, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), st.fixed_dictionaries(VALUES))
def test_never_raises_once_it_has_passed(source: str, scope: dict[str, Value]) -> None:
    compiled = compile_expression(source, ENV)

    if isinstance(compiled, Expression):
        compiled.evaluate(scope)
