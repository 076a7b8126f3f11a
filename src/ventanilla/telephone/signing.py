"""Whether a message really comes from the telephone system, and just now.

``Ventanilla-Signature: t=SECONDS,v1=HEX`` where HEX is HMAC-SHA256, with the system's key, over
the seconds, a dot and the body's bytes as they came. Nothing is read before this holds.
"""

import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

HEADER: Final = "Ventanilla-Signature"
TOLERANCE: Final = timedelta(minutes=5)


class Unproven(StrEnum):
    """Why a message is not believed."""

    MISSING = "signature_missing"
    STALE = "signature_stale"
    WRONG = "signature_wrong"


def sign(body: bytes, key: str, at: datetime) -> str:
    """The header for a body signed at an instant."""
    seconds = int(at.timestamp())
    return f"t={seconds},v1={_digest(body, key, str(seconds))}"


def unproven(header: str, body: bytes, keys: Iterable[str], now: datetime) -> Unproven | None:
    """Why the message is not believed; None when it is."""
    parts = dict(part.strip().partition("=")[::2] for part in header.split(","))
    seconds, given = parts.get("t", ""), parts.get("v1", "")
    if not given or not seconds.isascii() or not seconds.isdigit() or len(seconds) > 12:
        return Unproven.MISSING
    good = [_digest(body, key, seconds) for key in keys]
    if not any(hmac.compare_digest(given.encode(), one.encode()) for one in good):
        return Unproven.WRONG
    if abs(now.timestamp() - int(seconds)) > TOLERANCE.total_seconds():
        return Unproven.STALE
    return None


def _digest(body: bytes, key: str, seconds: str) -> str:
    return hmac.new(key.encode(), seconds.encode() + b"." + body, sha256).hexdigest()
