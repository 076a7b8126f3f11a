"""The keys that sign reply tokens, derived from the installation's secrets."""

from __future__ import annotations

from django.conf import settings
from django.utils.crypto import salted_hmac

_PURPOSE = "ventanilla.channels.reply-token"


def reply_token_keys() -> tuple[bytes, ...]:
    """The key that signs, then the older ones that are still believed."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return tuple(
        salted_hmac(_PURPOSE, "1", secret=secret, algorithm="sha256").digest() for secret in secrets
    )
