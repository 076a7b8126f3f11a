"""Signed marks that lead an answer back to its case; a folio or a subject never does."""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from ventanilla.channels.mail.addresses import Address, read_address
from ventanilla.channels.mail.message import Understood

_VERSION: Final = b"\x01"
_PURPOSE: Final = b"ventanilla reply token"
_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)
_LAST_DAY: Final = 0xFFFF
_CORRESPONDENT_BYTES: Final = 5
_MAC_BYTES: Final = 12
_HEAD_BYTES: Final = 3
_CASE_BYTES: Final = 8
_TEXT: Final = re.compile(r"[a-z2-7]{34,46}\Z")
_TAG: Final = re.compile(r"[+=-][a-z2-7]{34,46}\Z", re.IGNORECASE)
_LOCAL_PART: Final = 64
_EFFECT_CHARACTERS: Final = 20


class Door(StrEnum):
    """Where a message carried the token."""

    ADDRESS = "address"
    REFERENCE = "reference"
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyToken:
    """Permission for one correspondent to write into one case until `expires_at`."""

    case_id: int
    correspondent: bytes
    expires_at: datetime

    def belongs_to(self, address: Address | None) -> bool:
        return address is not None and hmac.compare_digest(
            self.correspondent, _correspondent(address.address)
        )

    def has_expired(self, now: datetime) -> bool:
        return now >= self.expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundToken:
    token: ReplyToken
    door: Door


class CannotSignToken(ValueError):
    """The case number or the expiry does not fit into a token."""


def sign_token(
    keys: Sequence[bytes],
    *,
    organization_id: int,
    case_id: int,
    correspondent: str,
    expires_at: datetime,
) -> str:
    """The token as lower-case letters and digits, signed by the first of `keys`.

    The expiry is rounded up to a whole day.
    """
    day = -((_EPOCH - expires_at) // timedelta(days=1))
    if not 0 < day <= _LAST_DAY or not 0 < case_id < 1 << 8 * _CASE_BYTES:
        raise CannotSignToken(f"Case {case_id} until {expires_at} does not fit into a token.")
    payload = (
        _VERSION
        + day.to_bytes(2, "big")
        + _correspondent(correspondent)
        + case_id.to_bytes((case_id.bit_length() + 7) // 8, "big")
    )
    signed = payload + _mac(keys[0], organization_id, payload)
    return base64.b32encode(signed).decode("ascii").rstrip("=").lower()


def read_token(keys: Sequence[bytes], text: str, *, organization_id: int) -> ReplyToken | None:
    """The token that `text` is, if one of `keys` signed it for this organisation."""
    signed = _decoded(text.lower())
    if signed is None:
        return None
    payload, mac = signed[:-_MAC_BYTES], signed[-_MAC_BYTES:]
    known = [hmac.compare_digest(mac, _mac(key, organization_id, payload)) for key in keys]
    case_at = _HEAD_BYTES + _CORRESPONDENT_BYTES
    if not any(known) or payload[:1] != _VERSION or len(payload) <= case_at:
        return None
    return ReplyToken(
        case_id=int.from_bytes(payload[case_at:], "big"),
        correspondent=payload[_HEAD_BYTES:case_at],
        expires_at=_EPOCH + timedelta(days=int.from_bytes(payload[1:_HEAD_BYTES], "big")),
    )


def read_tokens(
    keys: Sequence[bytes], message: Understood, *, organization_id: int
) -> tuple[FoundToken, ...]:
    """Every token of ours that `message` carries, the strongest place first, each once."""
    found: dict[ReplyToken, FoundToken] = {}
    for door, text in _candidates(message):
        token = read_token(keys, text, organization_id=organization_id)
        if token is not None:
            found.setdefault(token, FoundToken(token=token, door=door))
    return tuple(found.values())


def reply_address(channel_address: str, token: str, separator: str = "+") -> str:
    """The channel's address tagged with the token.

    It stays plain where the tag would not fit, and without a separator: some mail servers know
    no tagged addresses, and answers then find their case by what they refer to.
    """
    local, _, domain = channel_address.rpartition("@")
    tagged = f"{local}{separator}{token}"
    fits = bool(separator) and len(tagged) <= _LOCAL_PART
    return f"{tagged}@{domain}" if fits else channel_address


def plain_address(address: str) -> str:
    """The address without a tag of ours, to be compared."""
    local, _, domain = address.casefold().rpartition("@")
    return f"{_TAG.sub('', local)}@{domain}"


def message_identifier(effect_key: str, token: str, channel_address: str) -> str:
    """The Message-ID of an effect: the same each time it is sent, and it carries the token."""
    digest = sha256(f"{effect_key}\0{token}".encode()).digest()
    unique = base64.b32encode(digest).decode("ascii").lower()[:_EFFECT_CHARACTERS]
    domain = channel_address.rpartition("@")[2]
    return f"<{'.'.join(part for part in (unique, token) if part)}@{domain}>"


def _candidates(message: Understood) -> Iterator[tuple[Door, str]]:
    for address in message.recipients:
        local = address.address.rpartition("@")[0]
        tag = _TAG.search(local)
        if tag is not None:
            yield Door.ADDRESS, tag.group(0)[1:]
    for identifier in (*message.in_reply_to, *reversed(message.references)):
        yield Door.REFERENCE, _of_identifier(identifier)
    if message.bounce is not None:
        original = message.bounce.original_message_id
        for identifier in (*((original,) if original else ()), *message.bounce.original_references):
            yield Door.REPORT, _of_identifier(identifier)


def _of_identifier(identifier: str) -> str:
    return identifier.strip("<>").rpartition("@")[0].rpartition(".")[2]


def _decoded(text: str) -> bytes | None:
    if not _TEXT.match(text):
        return None
    try:
        return base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except binascii.Error:
        return None


def _correspondent(address: str) -> bytes:
    plain = (read_address(address) or address).casefold()
    return sha256(b"ventanilla correspondent\0" + plain.encode()).digest()[:_CORRESPONDENT_BYTES]


def _mac(key: bytes, organization_id: int, payload: bytes) -> bytes:
    message = b"\0".join((_PURPOSE, str(organization_id).encode("ascii"), payload))
    return hmac.digest(key, message, "sha256")[:_MAC_BYTES]
