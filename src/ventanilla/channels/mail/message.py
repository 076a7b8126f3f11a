"""What a mail says, once understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ventanilla.channels.mail.addresses import Address


class Kind(StrEnum):
    ORDINARY = "ordinary"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    UNREADABLE = "unreadable"


class Cut(StrEnum):
    """Why part of a message stays only in its raw bytes."""

    HEADERS = "headers"
    DEPTH = "depth"
    PARTS = "parts"
    FILES = "files"
    TEXT = "text"
    BOUNDARY = "boundary"


class Outcome(StrEnum):
    """What a delivery report says of one recipient (RFC 3464, `Action`)."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFile:
    """A file that came with a mail; the name is safe to show, the type is what the bytes say."""

    name: str
    media_type: str
    declared_type: str
    content: bytes
    content_id: str
    inline: bool
    dangerous: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRecipient:
    address: str
    outcome: Outcome
    status: str
    diagnostic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A delivery report and what it tells of the message it is about."""

    recipients: tuple[ReportedRecipient, ...]
    original_message_id: str | None
    original_references: tuple[str, ...]

    @property
    def failed(self) -> bool:
        return any(recipient.outcome is Outcome.FAILED for recipient in self.recipients)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """One message. `reply` is what the writer added; `quoted` what they answered to."""

    kind: Kind
    reason: str = ""
    message_id: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    reply: str = ""
    quoted: str = ""
    html: str = ""
    files: tuple[MailFile, ...] = ()
    bounce: Bounce | None = None
    cuts: frozenset[Cut] = frozenset()

    @property
    def from_robot(self) -> bool:
        """Nothing is ever answered automatically to such a message."""
        return self.kind is not Kind.ORDINARY

    @property
    def recipients(self) -> tuple[Address, ...]:
        return (*self.to, *self.cc, *self.delivered_to)
