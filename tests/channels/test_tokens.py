"""Tokens lead to a case, for one organisation, until a day; nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ventanilla.channels.mail.addresses import Address
from ventanilla.channels.mail.understand import understand
from ventanilla.channels.tokens import (
    CannotSignToken,
    Door,
    message_identifier,
    plain_address,
    read_token,
    read_tokens,
    reply_address,
    sign_token,
)

_KEYS: Final = (b"k" * 32,)
_NOW: Final = datetime(2026, 11, 23, 14, tzinfo=UTC)
_ROSA: Final = "rosa@cacao.example"
_CHANNEL: Final = "exportador@promperu.example"


def _token(case_id: int = 7, keys: tuple[bytes, ...] = _KEYS, organization_id: int = 1) -> str:
    return sign_token(
        keys,
        organization_id=organization_id,
        case_id=case_id,
        correspondent=_ROSA,
        expires_at=_NOW + timedelta(days=400),
    )


@given(case_id=st.integers(min_value=1, max_value=2**63 - 1), days=st.integers(1, 10_000))
def test_a_signed_token_it_is_read_back(case_id: int, days: int) -> None:
    expires_at = _NOW + timedelta(days=days)

    text = sign_token(
        _KEYS, organization_id=3, case_id=case_id, correspondent=_ROSA, expires_at=expires_at
    )

    token = read_token(_KEYS, text, organization_id=3)
    assert token is not None
    assert token.case_id == case_id
    assert timedelta(0) <= token.expires_at - expires_at < timedelta(days=1)
    assert token.belongs_to(Address(name="", address="ROSA@Cacao.example"))
    assert not token.belongs_to(Address(name="", address="otra@cacao.example"))
    assert not token.belongs_to(None)


def test_a_token_of_another_organisation_it_is_nothing() -> None:
    assert read_token(_KEYS, _token(), organization_id=2) is None


def test_a_token_signed_by_another_key_it_is_nothing() -> None:
    assert read_token((b"x" * 32,), _token(), organization_id=1) is None


def test_a_token_of_an_older_key_it_is_still_read() -> None:
    assert read_token((b"new" * 11, *_KEYS), _token(), organization_id=1) is not None


def test_a_token_changed_in_any_letter_it_is_nothing() -> None:
    text = _token()
    genuine = read_token(_KEYS, text, organization_id=1)

    for index, letter in enumerate(text):
        for other in "a7" if letter not in "a7" else "bz":
            forged = text[:index] + other + text[index + 1 :]
            assert read_token(_KEYS, forged, organization_id=1) in (None, genuine)
            if index < len(text) - 1:
                assert read_token(_KEYS, forged, organization_id=1) is None


@given(text=st.text(max_size=80))
def test_any_text_it_is_read_without_an_exception(text: str) -> None:
    assert read_token(_KEYS, text, organization_id=1) is None


def test_a_token_after_its_day_it_has_expired() -> None:
    token = read_token(_KEYS, _token(), organization_id=1)

    assert token is not None
    assert not token.has_expired(_NOW)
    assert token.has_expired(_NOW + timedelta(days=401))


@pytest.mark.parametrize("case_id", [0, -1, 2**64])
def test_a_case_that_does_not_fit_it_is_refused(case_id: int) -> None:
    with pytest.raises(CannotSignToken):
        _token(case_id=case_id)


def test_a_mail_with_tokens_it_names_where_each_was() -> None:
    by_address, by_reference = _token(1), _token(2)
    raw = (
        f"From: {_ROSA}\r\nTo: Mesa <{reply_address(_CHANNEL, by_address.upper())}>\r\n"
        f"In-Reply-To: {message_identifier('efecto-9', by_reference, _CHANNEL)}\r\n\r\nhola"
    )

    found = read_tokens(_KEYS, understand(raw.encode()), organization_id=1)

    assert [(one.token.case_id, one.door) for one in found] == [
        (1, Door.ADDRESS),
        (2, Door.REFERENCE),
    ]


def test_a_delivery_report_it_yields_the_token_of_the_message_that_failed() -> None:
    identifier = message_identifier("efecto-9", _token(5), _CHANNEL)
    raw = (
        "From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; boundary=r\r\n\r\n"
        "--r\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Final-Recipient: rfc822; {_ROSA}\r\nAction: failed\r\n\r\n"
        f"--r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {identifier}\r\n\r\n--r--\r\n"
    )

    found = read_tokens(_KEYS, understand(raw.encode()), organization_id=1)

    assert [(one.token.case_id, one.door) for one in found] == [(5, Door.REPORT)]


@pytest.mark.parametrize(
    "subject", ["EXP-2026-000007", "[EXP-2026-000007] Re: datos", f"token {_token()}"]
)
def test_a_number_or_token_in_the_subject_or_body_it_leads_nowhere(subject: str) -> None:
    raw = f"From: {_ROSA}\r\nTo: {_CHANNEL}\r\nSubject: {subject}\r\n\r\n{subject}"

    assert read_tokens(_KEYS, understand(raw.encode()), organization_id=1) == ()


def test_a_reply_address_that_would_be_too_long_it_stays_plain() -> None:
    long = "plataforma.de.atencion.al.exportador@promperu.example"

    assert reply_address(long, _token()) == long
    assert reply_address(_CHANNEL, _token()) == f"exportador+{_token()}@promperu.example"


@pytest.mark.parametrize("separator", ["+", "-", "="])
def test_a_tag_behind_any_separator_it_is_read(separator: str) -> None:
    tagged = reply_address(_CHANNEL, _token(9), separator)

    found = read_tokens(_KEYS, understand(f"To: {tagged}\r\n\r\nhola".encode()), organization_id=1)

    assert [one.token.case_id for one in found] == [9]
    assert plain_address(tagged) == _CHANNEL


def test_a_mail_server_without_tags_it_gets_plain_addresses() -> None:
    assert reply_address(_CHANNEL, _token(), "") == _CHANNEL
    assert plain_address("Ana-Maria+ventas@x.example") == "ana-maria+ventas@x.example"


def test_an_identifier_of_one_effect_it_is_always_the_same() -> None:
    one = message_identifier("efecto-9", _token(), _CHANNEL)

    assert one == message_identifier("efecto-9", _token(), _CHANNEL)
    assert one != message_identifier("efecto-10", _token(), _CHANNEL)
