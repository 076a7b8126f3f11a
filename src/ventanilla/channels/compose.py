"""Outgoing mail as bytes: the same message gives the same bytes, whatever was typed into it."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime
from enum import StrEnum
from hashlib import sha256
from html import escape
from typing import Final
from urllib.parse import quote

from email_validator import EmailNotValidError, validate_email

from ventanilla.channels.mail import limits
from ventanilla.channels.mail.addresses import Address
from ventanilla.channels.mail.charsets import clean_text, one_line
from ventanilla.channels.mail.files import safe_name, unique_name

REPLY_MARKERS: Final = {
    "es": "##- Escriba su respuesta por encima de esta línea -##",
    "en": "##- Please write your answer above this line -##",
}
_IDENTIFIER: Final = re.compile(r"<[!-;=?-~]{1,250}>\Z")
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}\Z")
_LINK: Final = re.compile(r"https?://[^\s<>\"']{1,1500}[^\s<>\"'.,;:!?)]")
_LINE_WIDTH: Final = 75


class Authorship(StrEnum):
    """Who decided that this message leaves (RFC 3834)."""

    PERSON = "no"
    ANSWERED_BY_RULE = "auto-replied"
    SENT_BY_RULE = "auto-generated"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFile:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message to one recipient."""

    sender: Address
    recipient: Address
    reply_to: str
    message_id: str
    subject: str
    text: str
    sent_at: datetime
    language: str = "es"
    authorship: Authorship = Authorship.PERSON
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    files: tuple[OutgoingFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What SMTP needs: the envelope and the bytes."""

    envelope_sender: str
    envelope_recipient: str
    message_id: str
    raw: bytes
    needs_utf8: bool


class CannotCompose(ValueError):
    """The message has no valid recipient, sender or identifier; `code` says which."""

    def __init__(self, code: str, value: str) -> None:
        super().__init__(f"{code}: the message cannot be written with {value[:100]!r}.")
        self.code = code


def compose(outgoing: Outgoing) -> Composed:
    """`outgoing` as an RFC 5322 message with text and HTML."""
    recipient = _mailbox(outgoing.recipient.address, "recipient_invalid")
    sender = _mailbox(outgoing.sender.address, "sender_invalid")
    reply_to = _mailbox(outgoing.reply_to, "reply_address_invalid")
    if not _IDENTIFIER.match(outgoing.message_id):
        raise CannotCompose("identifier_invalid", outgoing.message_id)
    headers = [
        ("From", _named(outgoing.sender.name, sender)),
        ("To", _named(outgoing.recipient.name, recipient)),
        ("Reply-To", reply_to),
        ("Subject", _encoded("Subject", one_line(outgoing.subject, limits.SUBJECT))),
        ("Date", format_datetime(outgoing.sent_at.astimezone(UTC))),
        ("Message-ID", outgoing.message_id),
        *_threading(outgoing),
        *_authorship(outgoing.authorship),
        ("Content-Language", outgoing.language),
        ("MIME-Version", "1.0"),
    ]
    block = "".join(f"{name}: {value}\r\n" for name, value in headers if value)
    return Composed(
        envelope_sender=reply_to,
        envelope_recipient=recipient,
        message_id=outgoing.message_id,
        raw=block.encode("utf-8") + _body(outgoing),
        needs_utf8=not (sender + recipient + reply_to).isascii(),
    )


def html_of(text: str, language: str) -> str:
    """`text` as a plain page: paragraphs, line breaks and links, everything else escaped."""
    paragraphs = [part for part in re.split(r"\n{2,}", clean_text(text).strip("\n")) if part]
    body = "\n".join(f"<p>{_linked(part)}</p>" for part in paragraphs)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8"></head>\n'
        f'<body style="font-family:sans-serif;line-height:1.5">\n{body}\n</body>\n</html>\n'
    )


def _mailbox(address: str, code: str) -> str:
    """`address` with its domain in ASCII; the local part keeps its letters."""
    try:
        checked = validate_email(address, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise CannotCompose(code, address) from error
    return checked.ascii_email or f"{checked.local_part}@{checked.ascii_domain}"


def _named(name: str, mailbox: str) -> str:
    plain = one_line(name, limits.NAME)
    if not plain:
        return mailbox
    if plain.isascii() and len(plain) < _LINE_WIDTH - 20:
        shown = '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        shown = Header(plain, "utf-8", maxlinelen=_LINE_WIDTH, header_name="Reply-To").encode(
            linesep="\r\n"
        )
    return f"{shown}\r\n <{mailbox}>"


def _encoded(name: str, value: str) -> str:
    if value.isascii() and len(value) < _LINE_WIDTH - 10 and "=?" not in value:
        return value
    return Header(value, "utf-8", maxlinelen=_LINE_WIDTH, header_name=name).encode(linesep="\r\n")


def _threading(outgoing: Outgoing) -> list[tuple[str, str]]:
    known = [identifier for identifier in outgoing.references if _IDENTIFIER.match(identifier)]
    answered = outgoing.in_reply_to
    if answered is None or not _IDENTIFIER.match(answered):
        return [("References", "\r\n ".join(known[-20:]))]
    thread = [identifier for identifier in known if identifier != answered]
    return [
        ("In-Reply-To", answered),
        ("References", "\r\n ".join([*thread[-20:], answered])),
    ]


def _authorship(authorship: Authorship) -> list[tuple[str, str]]:
    if authorship is Authorship.PERSON:
        return []
    return [("Auto-Submitted", authorship.value), ("X-Auto-Response-Suppress", "All")]


def _body(outgoing: Outgoing) -> bytes:
    seed = sha256(outgoing.message_id.encode("utf-8")).hexdigest()[:24]
    marker = REPLY_MARKERS.get(outgoing.language, REPLY_MARKERS["es"])
    text = f"{marker}\n\n{clean_text(outgoing.text).strip()}\n"
    words = _multipart(
        "alternative",
        f"=_a{seed}",
        (
            _text_part("plain", text),
            _text_part("html", html_of(text, outgoing.language)),
        ),
    )
    if not outgoing.files:
        return words
    return _multipart("mixed", f"=_m{seed}", (words, *_file_parts(outgoing.files)))


def _multipart(subtype: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    """Parts between delimiters that start with "=_", which no encoded part can contain."""
    mark = boundary.encode("ascii")
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'
    inner = b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts)
    return head.encode("ascii") + inner + b"--" + mark + b"--\r\n"


def _text_part(subtype: str, text: str) -> bytes:
    head = (
        f"Content-Type: text/{subtype}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    encoded = quopri.encodestring(text.encode("utf-8")).replace(b"\n", b"\r\n")
    return head.encode("ascii") + encoded


def _file_parts(files: Iterable[OutgoingFile]) -> Iterable[bytes]:
    taken: set[str] = set()
    for number, file in enumerate(files, start=1):
        name = unique_name(safe_name(file.name, file.media_type, number), taken)
        media_type = file.media_type.lower()
        if not _MEDIA_TYPE.match(media_type) or media_type.startswith(("multipart/", "message/")):
            media_type = "application/octet-stream"
        head = (
            f"Content-Type: {media_type}\r\n"
            "Content-Transfer-Encoding: base64\r\n"
            f"Content-Disposition: attachment;\r\n {_file_name(name)}\r\n\r\n"
        )
        yield head.encode("ascii") + base64.encodebytes(file.content).replace(b"\n", b"\r\n")


def _file_name(name: str) -> str:
    """The name as a parameter; percent-encoded (RFC 2231) when it has more than plain letters."""
    if re.fullmatch(r"[A-Za-z0-9._ -]+", name):
        return f'filename="{name}"'
    return f"filename*=utf-8''{quote(name, safe='')}"


def _linked(paragraph: str) -> str:
    pieces: list[str] = []
    position = 0
    for match in _LINK.finditer(paragraph):
        pieces.append(escape(paragraph[position : match.start()]))
        address = escape(match.group(0))
        pieces.append(f'<a href="{address}">{address}</a>')
        position = match.end()
    pieces.append(escape(paragraph[position:]))
    return "".join(pieces).replace("\n", "<br>\n")
