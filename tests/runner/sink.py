"""An SMTP server that takes everything and remembers it."""

import asyncio
import random
from email import message_from_bytes
from email.policy import SMTP as SMTP_POLICY
from threading import Lock

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

LONGEST_PAUSE_SECONDS = 0.2


class Sink:
    """Every message that was accepted, by its Message-ID, as often as it came.

    It takes its time before and after: a sender killed meanwhile has not handed the message in,
    or has and cannot know it.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._received: list[tuple[str, str]] = []

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else content
        message = message_from_bytes(raw, policy=SMTP_POLICY)
        await asyncio.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS))
        with self._lock:
            for recipient in envelope.rcpt_tos:
                self._received.append((str(message["Message-ID"]), recipient))
        await asyncio.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS))
        return "250 taken"

    def received(self) -> list[tuple[str, str]]:
        """Message-ID and recipient of all that was accepted, in order."""
        with self._lock:
            return list(self._received)


def controller(sink: Sink, port: int) -> Controller:
    """The server of a sink, to be started and stopped."""
    return Controller(sink, hostname="127.0.0.1", port=port)
