"""What people type becomes a value of the field or a reason; values go to JSON and come back."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.expressions import Entry, GeoPoint, Identity, Person, Value
from ventanilla.core.definition.model import Field, FieldType, Option
from ventanilla.core.definition.values import (
    Reading,
    Unreadable,
    Wrong,
    decode,
    encode,
    read_value,
    well_typed,
)

AGENT = Person(key="rosa@desk.example", name="Rosa", email="rosa@desk.example", phone="123 4567")


def check_dni(kind: str, raw: str) -> str | Unreadable:
    if kind == "pe.dni":
        return raw if len(raw) == 8 and raw.isdigit() else Unreadable(code="dni-digits")
    return raw.upper() if raw.isalnum() else Unreadable(code="passport-characters")


READING = Reading(
    identity=check_dni,
    zone=ZoneInfo("America/Lima"),
    person=lambda key: AGENT if key == AGENT.key else None,
)


def field_of(kind: FieldType) -> Field:
    column = Field(name="producto", type=FieldType.TEXT, label="Producto")
    return Field(
        name="dato",
        type=kind,
        label="Dato",
        options=(Option(value="a", label="A"), Option(value="b", label="B")),
        kinds=("pe.dni", "passport"),
        columns=(column, Field(name="kilos", type=FieldType.DECIMAL, label="Kilos")),
    )


READABLE: list[tuple[FieldType, Any, Value]] = [
    (FieldType.TEXT, "  hola ", "hola"),
    (FieldType.TEXT, "   ", None),
    (FieldType.LONGTEXT, "a\r\nb", "a\nb"),
    (FieldType.INTEGER, "012", 12),
    (FieldType.DECIMAL, "1.234,50", Decimal("1234.50")),
    (FieldType.DECIMAL, "1,234.50", Decimal("1234.50")),
    (FieldType.DECIMAL, "1.234.567", Decimal(1234567)),
    (FieldType.DECIMAL, "12,5", Decimal("12.5")),
    (FieldType.BOOLEAN, "Sí", True),
    (FieldType.BOOLEAN, "no", False),
    (FieldType.BOOLEAN, True, True),
    (FieldType.CHOICE, "a", "a"),
    (FieldType.CHOICES, ["a", "b", "a"], ("a", "b")),
    (FieldType.DATE, "15/03/2019", date(2019, 3, 15)),
    (FieldType.DATE, "2019-03-15", date(2019, 3, 15)),
    (FieldType.DATETIME, "2019-03-15T16:30", datetime(2019, 3, 15, 21, 30, tzinfo=UTC)),
    (FieldType.DATETIME, "15/03/2019 16:30", datetime(2019, 3, 15, 21, 30, tzinfo=UTC)),
    (FieldType.DURATION, "3 business days", Span(amount=3, unit=Unit.BUSINESS_DAY)),
    (FieldType.EMAIL, "Ana@Prueba.EXAMPLE", "Ana@prueba.example"),
    (FieldType.EMAILS, "a@b.example; c@d.example", ("a@b.example", "c@d.example")),
    (FieldType.PHONE, "(01)  616-7300 anexo 12", "(01) 616-7300 anexo 12"),
    (FieldType.URL, "www.prueba.example/x", "https://www.prueba.example/x"),
    (FieldType.IDENTITY, "12345678", Identity(kind="pe.dni", number="12345678")),
    (FieldType.IDENTITY, "ab1234", Identity(kind="passport", number="AB1234")),
    (FieldType.IDENTITY, "passport:12345678", Identity(kind="passport", number="12345678")),
    (FieldType.FILES, ["f1", "f2"], ("f1", "f2")),
    (
        FieldType.TABLE,
        [{"producto": "palta", "kilos": "10"}, {"producto": ""}],
        (Entry(cells=(("producto", "palta"), ("kilos", Decimal(10)))),),
    ),
    (
        FieldType.GEO_POINT,
        "-17.39, -66.15",
        GeoPoint(latitude=Decimal("-17.39"), longitude=Decimal("-66.15")),
    ),
    (FieldType.PERSON, "rosa@desk.example", AGENT),
]


@pytest.mark.parametrize(("kind", "raw", "expected"), READABLE)
def test_reads_what_people_type(kind: FieldType, raw: Any, expected: Value) -> None:
    assert read_value(field_of(kind), raw, READING) == expected


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        (FieldType.TEXT, "a\0b", Wrong.NOT_TEXT),
        (FieldType.TEXT, "a" * 10_001, Wrong.TOO_LONG),
        (FieldType.INTEGER, "1.5", Wrong.NOT_INTEGER),
        (FieldType.INTEGER, "9" * 25, Wrong.TOO_LARGE),
        (FieldType.DECIMAL, "1e9", Wrong.NOT_NUMBER),
        (FieldType.DECIMAL, ",", Wrong.NOT_NUMBER),
        (FieldType.BOOLEAN, "quizás", Wrong.NOT_BOOLEAN),
        (FieldType.CHOICE, "c", Wrong.NOT_AN_OPTION),
        (FieldType.CHOICES, ["a", "c"], Wrong.NOT_AN_OPTION),
        (FieldType.DATE, "31/02/2019", Wrong.NOT_DATE),
        (FieldType.DATETIME, "mañana", Wrong.NOT_DATETIME),
        (FieldType.DURATION, "3 días", Wrong.NOT_DURATION),
        (FieldType.EMAIL, "ana@", Wrong.NOT_EMAIL),
        (FieldType.EMAIL, "ana@x..example", Wrong.NOT_EMAIL),
        (FieldType.EMAILS, "a@b.example, x", Wrong.NOT_EMAIL),
        (FieldType.PHONE, "llamar", Wrong.NOT_PHONE),
        (FieldType.URL, "javascript://x", Wrong.NOT_URL),
        (FieldType.IDENTITY, "pe.dni:1234", "dni-digits"),
        (FieldType.IDENTITY, "12-34", "dni-digits"),
        (FieldType.FILES, [""], None),
        (FieldType.TABLE, [{"precio": "1"}], Wrong.NOT_ROWS),
        (FieldType.TABLE, [{"kilos": "x"}], Wrong.NOT_NUMBER),
        (FieldType.GEO_POINT, "91, 0", Wrong.NOT_POINT),
        (FieldType.PERSON, "nadie", Wrong.NOT_PERSON),
    ],
)
def test_says_why_it_cannot_read(kind: FieldType, raw: Any, code: str | None) -> None:
    found = read_value(field_of(kind), raw, READING)

    assert (found.code if isinstance(found, Unreadable) else found) == code


@pytest.mark.parametrize(("kind", "raw", "expected"), READABLE)
def test_writes_values_as_json_and_reads_them_back(
    kind: FieldType, raw: Any, expected: Value
) -> None:
    of = field_of(kind)

    stored = json.loads(json.dumps(encode(of, expected)))

    assert well_typed(of, expected)
    assert decode(of, stored) == expected


@given(
    st.sampled_from(FieldType),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=40) | st.just("1,2"),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["producto", "kilos"]), inner)
        ),
        max_leaves=5,
    ),
)
def test_answers_anything_with_a_value_that_fits_or_a_reason(kind: FieldType, raw: Any) -> None:
    of = field_of(kind)

    found = read_value(of, raw, READING)

    assert isinstance(found, Unreadable) or well_typed(of, found)
