"""Addresses are kept in one form, and a wrong one is refused with its remedy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.packs.contacts import (
    Address,
    RefusedAddress,
    check_email,
    check_phone,
    refusal_sentence,
    shown_phone,
)


@pytest.mark.parametrize(
    ("raw", "value", "lookup"),
    [
        (" Rosa.Lima@Correo.EXAMPLE ", "Rosa.Lima@correo.example", "rosa.lima@correo.example"),
        ("ñusta@ñandú.pe", "ñusta@ñandú.pe", "ñusta@ñandú.pe"),
    ],
)
def test_an_email_address_it_keeps_the_name_and_folds_the_domain(
    raw: str, value: str, lookup: str
) -> None:
    assert check_email(raw) == Address(value=value, lookup=lookup)


@pytest.mark.parametrize(
    "raw", ["", "rosa", "rosa@", "a@b", "Rosa <rosa@correo.pe>", "a@b.pe, c@d.pe"]
)
def test_what_is_no_single_email_address_it_is_refused(raw: str) -> None:
    assert check_email(raw) == RefusedAddress(code="email_form")


@pytest.mark.parametrize(
    ("raw", "country", "value", "lookup"),
    [
        ("987 654 321", "PE", "+51987654321", "987654321"),
        ("(01) 616-7300", "PE", "+5116167300", "16167300"),
        ("9 6123 4567", "CL", "+56961234567", "961234567"),
        ("+591 7 1234567", "PE", "+59171234567", "71234567"),
    ],
)
def test_a_telephone_number_it_is_read_as_of_the_office_country(
    raw: str, country: str, value: str, lookup: str
) -> None:
    assert check_phone(raw, country) == Address(value=value, lookup=lookup)


@pytest.mark.parametrize(
    ("raw", "country", "code"),
    [("123", "PE", "phone_form"), ("no", "PE", "phone_form"), ("987654321", "", "phone_country")],
)
def test_a_number_that_cannot_be_called_it_is_refused(raw: str, country: str, code: str) -> None:
    assert check_phone(raw, country) == RefusedAddress(code=code)


def test_a_number_it_is_shown_as_people_of_the_country_write_it() -> None:
    assert shown_phone("+51987654321", "PE") == "987 654 321"
    assert shown_phone("+51987654321", "CL") == "+51 987 654 321"
    assert shown_phone("anexo 12", "PE") == "anexo 12"


@given(raw=st.text(max_size=60))
def test_whatever_is_typed_it_is_an_address_or_a_refusal(raw: str) -> None:
    for outcome in (check_email(raw), check_phone(raw, "PE")):
        if isinstance(outcome, RefusedAddress):
            assert refusal_sentence(outcome.code, "es") != refusal_sentence(outcome.code, "en")
