"""The promise: any bytes at all become an `Understood`, within seconds, without an exception."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_tz
from typing import Final

from ventanilla.channels.mail import limits
from ventanilla.channels.mail.addresses import Address, read_addresses, read_identifiers
from ventanilla.channels.mail.bodies import Body, read_body
from ventanilla.channels.mail.bounces import read_plain_report, read_report
from ventanilla.channels.mail.headers import Headers, read_headers
from ventanilla.channels.mail.message import Bounce, Kind, Understood
from ventanilla.channels.mail.parts import Budget, Part, read_parts
from ventanilla.channels.mail.quoting import part_reply
from ventanilla.channels.mail.robots import is_mailer_daemon, robot_sign

_MAIL_FIELDS: Final = frozenset(
    {"from", "to", "cc", "subject", "date", "message-id", "received", "mime-version", "sender"}
    | {"reply-to", "return-path", "content-type", "in-reply-to", "delivered-to", "x-mailer"}
)
_FIRST_YEAR, _LAST_YEAR = 1980, 2200


def understand(raw: bytes) -> Understood:
    """What `raw` says. Total: hostile, broken and empty bytes have an answer too."""
    if len(raw) > limits.RAW_BYTES:
        return _unreadable("too_big")
    if not raw.strip():
        return _unreadable("empty")
    if b"\n" not in raw and b"\r" in raw:
        raw = raw.replace(b"\r", b"\n")
    budget = Budget()
    root = read_parts(raw, budget)
    if not any(name in _MAIL_FIELDS for name, _ in root.headers.fields):
        return _unreadable("not_a_message")
    return _message(root, read_body(root, budget), budget)


def recipients_of(raw: bytes) -> tuple[Address, ...]:
    """Whom the headers of `raw` address, without reading the rest."""
    headers = read_headers(raw, 0, min(len(raw), limits.HEADER_BYTES)).headers
    return (*_delivered_to(headers), *read_addresses((*headers.all("to"), *headers.all("cc"))))


def _unreadable(reason: str) -> Understood:
    return Understood(kind=Kind.UNREADABLE, reason=reason)


def _message(root: Part, body: Body, budget: Budget) -> Understood:
    headers = root.headers
    sender = _sender(headers)
    to = read_addresses(headers.all("to"))
    bounce = _bounce(root, sender, body.text, to)
    sign = robot_sign(headers, sender, root.content_type.get("report-type").lower())
    kind, reason = _kind(bounce, sign)
    identifiers = read_identifiers(headers.all("message-id")[:1])
    parted = part_reply(body.text)
    return Understood(
        kind=kind,
        reason=reason,
        message_id=identifiers[0] if identifiers else None,
        in_reply_to=read_identifiers(headers.all("in-reply-to")),
        references=read_identifiers(headers.all("references")),
        sender=sender,
        reply_to=read_addresses(headers.all("reply-to")),
        to=to,
        cc=read_addresses(headers.all("cc")),
        delivered_to=_delivered_to(headers),
        subject=headers.text("subject", limits.SUBJECT),
        date=_date(headers.first("date")),
        text=body.text,
        reply=parted.reply,
        quoted=parted.quoted,
        html=body.html,
        files=body.files,
        bounce=bounce,
        cuts=frozenset(budget.cuts),
    )


def _kind(bounce: Bounce | None, sign: str) -> tuple[Kind, str]:
    if bounce is not None:
        return Kind.BOUNCE, "delivery_report"
    return (Kind.AUTO_REPLY, sign) if sign else (Kind.ORDINARY, "")


def _bounce(
    root: Part, sender: Address | None, text: str, to: tuple[Address, ...]
) -> Bounce | None:
    report = read_report(root)
    if report is not None:
        return report
    if not is_mailer_daemon(root.headers, sender):
        return None
    return read_plain_report(root, root.headers, text, to[0].address if to else "")


def _sender(headers: Headers) -> Address | None:
    """Who wrote: the first usable of From, Sender, Reply-To and the envelope."""
    for field in ("from", "sender", "reply-to", "return-path"):
        found = read_addresses(headers.all(field))
        if found:
            return found[0]
    return None


def _delivered_to(headers: Headers) -> tuple[Address, ...]:
    """Where the mail systems on the way brought the message."""
    fields = ("delivered-to", "x-original-to", "envelope-to")
    return read_addresses([value for field in fields for value in headers.all(field)])


def _date(value: str) -> datetime | None:
    """The instant of a Date field in UTC; what is not a date of our time is None."""
    try:
        parsed = parsedate_tz(value[:200])
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if parsed is None or not _FIRST_YEAR <= parsed[0] <= _LAST_YEAR:
        return None
    try:
        naive = datetime(*parsed[:6], tzinfo=UTC)
        return datetime.fromtimestamp(naive.timestamp() - (parsed[9] or 0), UTC)
    except (ValueError, OverflowError, OSError):
        return None
