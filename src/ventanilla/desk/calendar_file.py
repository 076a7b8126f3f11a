"""An appointment as a file that calendars read (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, datetime

_LONGEST = 75


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a calendar is told. ``changes`` counts how often the date was moved."""

    uid: str
    title: str
    place: str
    notes: str
    begins: datetime
    ends: datetime
    changes: int
    called_off: bool
    written: datetime


def calendar_file(one: Occasion) -> bytes:
    """The file, with its lines folded as the standard asks."""
    status = "CANCELLED" if one.called_off else "CONFIRMED"
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ventanilla//ES",
        "BEGIN:VEVENT",
        f"UID:{_text(one.uid)}",
        f"DTSTAMP:{_instant(one.written)}",
        f"DTSTART:{_instant(one.begins)}",
        f"DTEND:{_instant(one.ends)}",
        f"SEQUENCE:{one.changes}",
        f"STATUS:{status}",
        f"SUMMARY:{_text(one.title)}",
        *([f"LOCATION:{_text(one.place)}"] if one.place else []),
        *([f"DESCRIPTION:{_text(one.notes)}"] if one.notes else []),
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    plain = " ".join(words.replace("\r", "").split("\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 bytes, never within a letter."""
    pieces: list[bytes] = []
    piece = b""
    for letter in line:
        byte = letter.encode()
        if len(piece) + len(byte) > _LONGEST - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += byte
    return b"\r\n ".join([*pieces, piece])
