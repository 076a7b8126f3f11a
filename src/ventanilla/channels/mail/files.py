"""Files of a mail: a name that is safe to show and store, a type that the bytes themselves say."""

from __future__ import annotations

import mimetypes
import re
from typing import Final

from ventanilla.channels.mail import limits
from ventanilla.channels.mail.charsets import one_line

_FORBIDDEN: Final = re.compile(r"[\x00-\x1f<>:\"|?*\\/\x7f]")
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
_UNKNOWN: Final = "application/octet-stream"

_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"PK\x05\x06", "application/zip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "application/ogg"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"#!", "application/x-sh"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
)
_OFFICE: Final[tuple[tuple[bytes, str], ...]] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text"),
    (
        b"application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
)
_MARKUP: Final[tuple[tuple[bytes, str], ...]] = (
    (b"<svg", "image/svg+xml"),
    (b"<!doctype html", "text/html"),
    (b"<html", "text/html"),
    (b"<script", "text/html"),
    (b"<?xml", "application/xml"),
)
_DANGEROUS_TYPES: Final = frozenset(
    {"application/x-msdownload", "application/x-executable", "application/x-sh"}
    | {"text/html", "image/svg+xml", "application/ms-tnef"}
)
_DANGEROUS_ENDINGS: Final = (
    *(".exe", ".com", ".bat", ".cmd", ".scr", ".pif", ".msi", ".js", ".jse", ".vbs", ".vbe"),
    *(".wsf", ".hta", ".ps1", ".jar", ".lnk", ".reg", ".iso", ".img", ".html", ".htm", ".svg"),
    *(".xhtml", ".shtml", ".sh", ".apk", ".docm", ".xlsm", ".pptm"),
)
_SAMPLE: Final = 4_096


def safe_name(name: str, media_type: str, number: int) -> str:
    """A file name without folders, controls or tricks, with an ending, never empty."""
    plain = one_line(name, 1_000).replace("\\", "/").rsplit("/", 1)[-1]
    plain = _FORBIDDEN.sub("_", plain).strip(" .")
    if not plain:
        plain = f"archivo-{number}{mimetypes.guess_extension(media_type) or '.bin'}"
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    if len(plain) <= limits.FILE_NAME:
        return plain
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[: limits.FILE_NAME].rstrip(" .")
    return f"{stem[: limits.FILE_NAME - len(ending) - 1].rstrip(' .')}.{ending}"


def unique_name(name: str, taken: set[str]) -> str:
    """`name`, numbered when `taken` already has it; `taken` learns the answer."""
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{stem} ({number}){dot}{ending}"
    taken.add(candidate.casefold())
    return candidate


def sniff(content: bytes) -> str:
    """The media type that the first bytes show; unknown ones are octet streams."""
    head = content[:_SAMPLE]
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head.startswith(b"PK\x03\x04"):
        return _zip_type(content)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in (b"heic", b"heix", b"mif1") else "video/mp4"
    return _text_type(head)


def is_dangerous(name: str, media_type: str) -> bool:
    """Whether opening the file may run something."""
    return media_type in _DANGEROUS_TYPES or name.casefold().endswith(_DANGEROUS_ENDINGS)


def _zip_type(content: bytes) -> str:
    sample = content[:_SAMPLE] + content[-2 * _SAMPLE :]
    return next((kind for mark, kind in _OFFICE if mark in sample), "application/zip")


def _text_type(head: bytes) -> str:
    low = head[:1_024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, media_type in _MARKUP:
        if low.startswith(mark):
            return "image/svg+xml" if b"<svg" in low else media_type
    if not head or b"\x00" in head:
        return _UNKNOWN
    controls = sum(1 for byte in head if byte < 9 or 13 < byte < 32)
    return _UNKNOWN if controls else "text/plain"
