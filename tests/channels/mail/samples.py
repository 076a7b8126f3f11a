"""How a sample mail is written, and what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ventanilla.channels.mail.message import Understood

HEAD: Final = (
    b"From: Rosa Quispe <rosa@cacao.example>\r\n"
    b"To: Exportador <exportador@promperu.example>\r\n"
    b"Subject: Consulta\r\n"
    b"Date: Mon, 23 Nov 2026 09:15:00 -0500\r\n"
    b"Message-ID: <uno@cacao.example>\r\n"
    b"MIME-Version: 1.0\r\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Bytes, and the values that `seen` must show for them."""

    name: str
    raw: bytes = field(repr=False)
    expected: dict[str, object]


def sample(name: str, raw: bytes, /, **expected: object) -> Sample:
    return Sample(name=name, raw=raw, expected={"kind": "ordinary", **expected})


def mail(*, body: bytes = b"Buenos dias.\r\n", head: bytes = HEAD, extra: bytes = b"") -> bytes:
    return head + extra + b"\r\n" + body


def with_header(name: bytes, value: bytes) -> bytes:
    """A plain mail whose header `name` is `value` instead of the usual one."""
    lines = [line for line in HEAD.splitlines(keepends=True) if not line.startswith(name + b":")]
    return b"".join(lines) + name + b": " + value + b"\r\n\r\nBuenos dias.\r\n"


def without_header(*names: bytes) -> bytes:
    lines = HEAD.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(name + b":" for name in names))]
    return b"".join(kept) + b"\r\nBuenos dias.\r\n"


def multipart(subtype: bytes, *parts: bytes, boundary: bytes = b"frontera") -> bytes:
    """A mail of several parts; each part brings its own headers."""
    inner = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    extra = b"Content-Type: multipart/" + subtype + b'; boundary="' + boundary + b'"\r\n'
    return mail(extra=extra, body=inner + b"--" + boundary + b"--\r\n")


def part(content_type: bytes, body: bytes, extra: bytes = b"") -> bytes:
    return b"Content-Type: " + content_type + b"\r\n" + extra + b"\r\n" + body


def seen(message: Understood) -> dict[str, object]:
    """The values that samples speak of."""
    first = message.files[0] if message.files else None
    reported = (
        message.bounce.recipients[0] if message.bounce and message.bounce.recipients else None
    )
    return {
        "kind": message.kind.value,
        "reason": message.reason,
        "message_id": message.message_id,
        "in_reply_to": message.in_reply_to,
        "references": message.references,
        "sender": message.sender.address if message.sender else None,
        "name": message.sender.name if message.sender else None,
        "to": tuple(address.address for address in message.to),
        "to_names": tuple(address.name for address in message.to),
        "cc": tuple(address.address for address in message.cc),
        "delivered_to": tuple(address.address for address in message.delivered_to),
        "reply_to": tuple(address.address for address in message.reply_to),
        "subject": message.subject,
        "date": message.date.isoformat() if message.date else None,
        "text": message.text.strip(),
        "reply": message.reply,
        "quoted": message.quoted,
        "has_html": bool(message.html),
        "files": tuple(file.name for file in message.files),
        "file_type": first.media_type if first else None,
        "file_declared": first.declared_type if first else None,
        "file_size": len(first.content) if first else None,
        "file_dangerous": first.dangerous if first else None,
        "file_inline": first.inline if first else None,
        "cuts": frozenset(cut.value for cut in message.cuts),
        "reported": reported.address if reported else None,
        "outcome": reported.outcome.value if reported else None,
        "status": reported.status if reported else None,
        "diagnostic": reported.diagnostic if reported else None,
        "reported_count": len(message.bounce.recipients) if message.bounce else None,
        "original": message.bounce.original_message_id if message.bounce else None,
    }
