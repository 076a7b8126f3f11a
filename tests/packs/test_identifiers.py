"""Official numbers are kept in one form, and a wrong one is refused with its remedy."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.core.definition.expressions import Identity
from ventanilla.core.definition.model import Field, FieldType
from ventanilla.core.definition.values import Reading, Unreadable, read_value
from ventanilla.packs.identifiers import (
    KINDS,
    REFUSALS,
    Identifier,
    RefusedIdentifier,
    check_identifier,
    compacted,
    identity_check,
    refusal_sentence,
)

DOCUMENT = Field(
    name="document",
    type=FieldType.IDENTITY,
    label="Documento",
    kinds=("pe.dni", "pe.ce", "passport"),
)
DIGITS_BY_KIND = {"pe.ruc": "20123456786", "cl.rut": "123456785"}


@pytest.mark.parametrize(
    ("kind", "raw", "value", "key"),
    [
        ("pe.dni", "12345678", "12345678", "12345678"),
        ("pe.dni", " 1011 7410 - 2 ", "10117410", "10117410"),
        ("pe.ruc", "20-12345678-6", "20123456786", "20123456786"),
        ("pe.ruc", "16123456789", "16123456789", "16123456789"),
        ("pe.ce", "001234567", "001234567", "001234567"),
        ("passport", "ab 123.456", "AB123456", "AB123456"),
        ("cl.rut", "12.345.678-5", "12345678-5", "123456785"),
        ("cl.rut", "CL012345678–5", "12345678-5", "123456785"),
        ("bo.ci", "1234567", "1234567", "1234567"),
        ("bo.ci", "CI 1234567 LPZ", "1234567 LP", "1234567"),
        ("bo.ci", "1234567-1a", "1234567-1A", "12345671A"),
        ("bo.ci", "12345671A SCZ", "1234567-1A SC", "12345671A"),
        ("bo.nit", "1023456028", "1023456028", "1023456028"),
    ],
)
def test_a_right_number_however_it_is_typed_it_is_kept_in_one_form(
    kind: str, raw: str, value: str, key: str
) -> None:
    assert check_identifier(kind, raw) == Identifier(kind=kind, value=value, key=key)


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("pe.dni", "1234567", "dni_form"),
        ("pe.dni", "00000000", "dni_form"),
        ("pe.dni", "10117410-3", "dni_check_digit"),
        ("pe.ruc", "2012345678", "ruc_form"),
        ("pe.ruc", "30123456789", "ruc_prefix"),
        ("pe.ruc", "20123456787", "ruc_check_digit"),
        ("pe.ce", "12345678", "ce_form"),
        ("pe.ce", "000000000", "ce_form"),
        ("passport", "ABCDEF", "passport_form"),
        ("cl.rut", "12.345.678-K", "rut_check_digit"),
        ("cl.rut", "12345", "rut_form"),
        ("bo.ci", "1234", "ci_form"),
        ("bo.ci", "1234567 XX", "ci_department"),
        ("bo.nit", "12345", "nit_form"),
        ("xx.none", "1", "identity_kind_unknown"),
    ],
)
def test_a_wrong_number_it_is_refused_with_a_code(kind: str, raw: str, code: str) -> None:
    assert check_identifier(kind, raw) == RefusedIdentifier(kind=kind, code=code)


@pytest.mark.parametrize(("kind", "number"), DIGITS_BY_KIND.items())
def test_any_single_wrong_digit_it_is_caught_by_the_check_digit(kind: str, number: str) -> None:
    assert isinstance(check_identifier(kind, number), Identifier)

    others = [
        number[:place] + digit + number[place + 1 :]
        for place in range(len(number))
        for digit in string.digits
        if digit != number[place]
    ]

    assert [
        other for other in others if isinstance(check_identifier(kind, other), Identifier)
    ] == []


@pytest.mark.parametrize(
    ("raw", "kind", "number"),
    [
        ("12345678", "pe.dni", "12345678"),
        ("10117410-2", "pe.dni", "10117410"),
        ("001234567", "pe.ce", "001234567"),
        ("AB12345", "passport", "AB12345"),
        ("passport: 12345678", "passport", "12345678"),
    ],
)
def test_a_field_of_several_kinds_it_takes_the_first_that_fits_or_the_one_said(
    raw: str, kind: str, number: str
) -> None:
    read = read_value(DOCUMENT, raw, Reading(identity=identity_check))

    assert read == Identity(kind=kind, number=number)


def test_a_dni_with_a_wrong_check_digit_it_is_not_taken_for_another_document() -> None:
    read = read_value(DOCUMENT, "10117410-3", Reading(identity=identity_check))

    assert read == Unreadable(code="dni_check_digit")


@given(raw=st.text(max_size=40), kind=st.sampled_from([*KINDS, "unknown"]))
def test_whatever_is_typed_it_is_a_number_or_a_refusal_with_a_sentence(raw: str, kind: str) -> None:
    outcome = check_identifier(kind, raw)

    if isinstance(outcome, RefusedIdentifier):
        assert outcome.code in REFUSALS
    else:
        assert check_identifier(kind, outcome.value) == outcome
        assert compacted(outcome.key) == outcome.key


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_it_speaks_both_languages(code: str) -> None:
    assert refusal_sentence(code, "es") != refusal_sentence(code, "en")
    assert len(refusal_sentence(code, "es")) > 30
