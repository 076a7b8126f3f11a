"""The key of a case for whoever asked: it cannot be guessed, and opens that one case only."""

from __future__ import annotations

import base64
import binascii
import hmac
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from ventanilla.cases.models import Case
from ventanilla.cases.states import load_state
from ventanilla.catalog.published import published

_PURPOSE: Final = "ventanilla.channels.tracking"
_CASE_BYTES: Final = 16
_MAC_BYTES: Final = 16
_LENGTH: Final = 43

WEB: Final = "web"
WORDS: Final = {
    "es": "Folio {number}. Vea cómo va su solicitud en {page}",
    "en": "Number {number}. See how your request stands at {page}",
}


def tracking_key(organization_id: int, case: UUID) -> str:
    """The key as letters, digits, `-` and `_`: the case's reference, signed with 128 bits."""
    signed = case.bytes + _mac(settings.SECRET_KEY, organization_id, case)
    return base64.urlsafe_b64encode(signed).decode("ascii").rstrip("=")


def tracked_case(organization_id: int, key: str) -> UUID | None:
    """The case that the key opens in this organisation; None for any other text.

    Keys signed with an older secret of the installation (`SECRET_KEY_FALLBACKS`) still open.
    """
    if len(key) != _LENGTH or not key.isascii():
        return None
    try:
        signed = base64.b64decode(f"{key}=", altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    case, mac = UUID(bytes=signed[:_CASE_BYTES]), signed[_CASE_BYTES:]
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    fits = [hmac.compare_digest(mac, _mac(secret, organization_id, case)) for secret in secrets]
    return case if any(fits) else None


def tracking_words(case: Case, *, slug: str, recipient: str, language: str) -> str:
    """What a mail says below its text to whoever asked on the portal; nothing to anybody else."""
    if case.channel != WEB:
        return ""
    sender = load_state(published(case.procedure_id).procedure, case.state).sender
    if sender.email.casefold() != recipient.casefold():
        return ""
    key = tracking_key(case.organization_id, case.reference)
    page = f"{settings.ENVIRONMENT.address}{settings.TRACKING_PAGE.format(slug=slug, key=key)}"
    return WORDS.get(language, WORDS["es"]).format(number=case.number, page=page)


def _mac(secret: str | bytes, organization_id: int, case: UUID) -> bytes:
    key = salted_hmac(_PURPOSE, "1", secret=secret, algorithm="sha256").digest()
    message = str(organization_id).encode("ascii") + b"\0" + case.bytes
    return hmac.digest(key, message, sha256)[:_MAC_BYTES]
