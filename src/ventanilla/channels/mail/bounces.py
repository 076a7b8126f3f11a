"""Delivery reports (RFC 3464), and the ones that mail systems write in their own way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ventanilla.channels.mail import limits
from ventanilla.channels.mail.addresses import read_address, read_addresses, read_identifiers
from ventanilla.channels.mail.charsets import one_line
from ventanilla.channels.mail.headers import Headers, read_headers
from ventanilla.channels.mail.message import Bounce, Outcome, ReportedRecipient
from ventanilla.channels.mail.parts import Part

_OUTCOMES: Final = {
    "failed": Outcome.FAILED,
    "delayed": Outcome.DELAYED,
    "delivered": Outcome.DELIVERED,
    "relayed": Outcome.DELIVERED,
    "expanded": Outcome.DELIVERED,
}
_STATUS: Final = re.compile(r"([245])\.\d{1,3}\.\d{1,3}")
_STATUS_IN_TEXT: Final = re.compile(r"\b[45]\.\d{1,3}\.\d{1,3}\b")
_MAILBOX_IN_TEXT: Final = re.compile(r"[<\s:]([\w.+%-]{1,64}@[\w.-]{1,200}\w)[>\s:;,]")
_IDENTIFIER_IN_TEXT: Final = re.compile(r"Message-ID:\s{0,5}(<[^<>\s]{1,250}>)", re.IGNORECASE)
_ORIGINALS: Final = frozenset(
    {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global"}
    | {"message/global-headers"}
)
_REPORTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_TEXT_BOUND: Final = 50_000


def read_report(root: Part) -> Bounce | None:
    """The delivery report of a message that carries one in the standard form."""
    leaves = tuple(root.leaves())
    report = next((leaf for leaf in leaves if leaf.media_type in _REPORTS), None)
    if report is None:
        return None
    recipients = tuple(_reported(report.content(limits.HEADER_BYTES)))
    return _bounce(recipients, _original_headers(leaves))


def read_plain_report(root: Part, headers: Headers, text: str, own: str) -> Bounce:
    """What can be told of a report written for people; `own` is the address it was sent to."""
    sample = text[:_TEXT_BOUND]
    status = _STATUS_IN_TEXT.search(sample)
    listed = read_addresses(headers.all("x-failed-recipients"))
    named = [address.address for address in listed] or list(_mailboxes(sample, own))[:1]
    recipients = tuple(
        ReportedRecipient(
            address=address,
            outcome=Outcome.FAILED,
            status=status.group(0) if status else "",
            diagnostic=one_line(sample, 300),
        )
        for address in named[: limits.REPORT_RECIPIENTS]
    )
    bounce = _bounce(recipients, _original_headers(tuple(root.leaves())))
    if bounce.original_message_id is not None:
        return bounce
    found = _IDENTIFIER_IN_TEXT.search(sample)
    return Bounce(
        recipients=recipients,
        original_message_id=found.group(1) if found else None,
        original_references=(),
    )


def _bounce(recipients: tuple[ReportedRecipient, ...], original: Headers | None) -> Bounce:
    if original is None:
        return Bounce(recipients=recipients, original_message_id=None, original_references=())
    identifiers = read_identifiers(original.all("message-id")[:1])
    return Bounce(
        recipients=recipients,
        original_message_id=identifiers[0] if identifiers else None,
        original_references=read_identifiers(
            (*original.all("references"), *original.all("in-reply-to"))
        ),
    )


def _reported(report: bytes) -> Iterator[ReportedRecipient]:
    position, groups = 0, 0
    while position < len(report) and groups <= limits.REPORT_RECIPIENTS:
        block = read_headers(report, position, len(report))
        if block.body_at <= position:
            return
        position, groups = block.body_at, groups + 1
        recipient = _recipient(block.headers)
        if recipient is not None:
            yield recipient


def _recipient(fields: Headers) -> ReportedRecipient | None:
    named = fields.first("original-recipient") or fields.first("final-recipient")
    address = read_address(named.rpartition(";")[2].strip().strip("<>"))
    if address is None:
        address = read_address(fields.first("final-recipient").rpartition(";")[2].strip(" <>"))
    if address is None:
        return None
    status = _STATUS.search(fields.first("status"))
    action = fields.first("action").strip().lower()
    assumed = Outcome.FAILED if status is None or status.group(1) == "5" else Outcome.DELAYED
    return ReportedRecipient(
        address=address,
        outcome=_OUTCOMES.get(action, assumed),
        status=status.group(0) if status else "",
        diagnostic=one_line(fields.first("diagnostic-code").partition(";")[2], 300),
    )


def _original_headers(leaves: tuple[Part, ...]) -> Headers | None:
    original = next((leaf for leaf in leaves if leaf.media_type in _ORIGINALS), None)
    if original is None:
        return None
    content = original.content(limits.HEADER_BYTES)
    return read_headers(content, 0, len(content)).headers


def _mailboxes(text: str, own: str) -> Iterator[str]:
    for found in _MAILBOX_IN_TEXT.findall(f" {text} "):
        address = read_address(found)
        if address is not None and address.casefold() != own.casefold():
            yield address
