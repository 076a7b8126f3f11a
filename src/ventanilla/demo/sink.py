"""A mail server that keeps everything and sends nothing on, for the demonstration and for tests."""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from ventanilla.channels.mail.message import Understood
from ventanilla.channels.mail.understand import understand

_NAME: Final = re.compile(r"[0-9]{19}-[0-9a-f]{12}")
_LARGEST: Final = 50 * 1024 * 1024
_SHOWN: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class SunkMail:
    """One mail that was handed in: `name` finds it again."""

    name: str
    recipient: str
    sender: str
    subject: str
    sent_at: datetime | None


class Keeper:
    """Writes each mail into a file of its own; a file that can be seen is complete."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(  # noqa: N802 - the name that the server looks for
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        raw = content.encode("utf-8") if isinstance(content, str) else content or b""
        keep(self._folder, raw, envelope.rcpt_tos)
        return "250 kept"


def keep(folder: Path, raw: bytes, recipients: list[str]) -> str:
    """Keeps a mail; whom the envelope named stands in a header before the others."""
    name = f"{time.time_ns():019d}-{uuid4().hex[:12]}"
    named = ", ".join(re.sub(r"[^\x21-\x7e]", "?", address) for address in recipients)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{name}"
    with unfinished.open("wb") as file:
        file.write(f"X-Original-To: {named}\r\n".encode("ascii") + raw)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / f"{name}.eml")
    return name


def kept_mails(folder: Path) -> tuple[SunkMail, ...]:
    """The newest mails first."""
    names = sorted((path.stem for path in folder.glob("*.eml")), reverse=True)
    found = ((name, read_kept(folder, name)) for name in names[:_SHOWN])
    return tuple(_summary(name, mail) for name, mail in found if mail is not None)


def read_kept(folder: Path, name: str) -> Understood | None:
    """One mail as it would be read by its recipient; None when there is none of that name."""
    raw = read_kept_raw(folder, name)
    return None if raw is None else understand(raw)


def read_kept_raw(folder: Path, name: str) -> bytes | None:
    """The bytes of one mail; None when there is none of that name."""
    if not _NAME.fullmatch(name):
        return None
    try:
        return (folder / f"{name}.eml").read_bytes()
    except FileNotFoundError:
        return None


@contextmanager
def mail_sink(folder: Path, *, host: str = "127.0.0.1", port: int = 2525) -> Iterator[int]:
    """Serves SMTP in a thread while the block runs; gives the port (0 asks for a free one)."""
    chosen = port or _free_port(host)
    controller = Controller(
        Keeper(folder),
        hostname=host,
        port=chosen,
        enable_SMTPUTF8=True,
        decode_data=False,
        data_size_limit=_LARGEST,
        ident="ventanilla demo sink",
    )
    controller.start()
    try:
        yield chosen
    finally:
        controller.stop()


def _free_port(host: str) -> int:
    with socket.create_server((host, 0)) as probe:
        return int(probe.getsockname()[1])


def _summary(name: str, mail: Understood) -> SunkMail:
    recipients = mail.delivered_to or mail.to
    return SunkMail(
        name=name,
        recipient=recipients[0].address if recipients else "",
        sender=mail.sender.address if mail.sender else "",
        subject=mail.subject,
        sent_at=mail.date,
    )
