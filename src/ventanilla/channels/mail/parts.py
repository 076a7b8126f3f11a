"""The tree of parts of a MIME message, by offsets into the raw bytes, without copies."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ventanilla.channels.mail import limits
from ventanilla.channels.mail.headers import (
    Headers,
    Parameters,
    decode_base64,
    read_headers,
    read_parameters,
)
from ventanilla.channels.mail.message import Cut

_MEDIA_TYPE: Final = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}\Z")
_LOOKALIKES: Final = 20_000
_GUESS: Final = re.compile(rb"--([^\r\n]{1,100}?)[ \t]*\r?\n")


@dataclass(slots=True)
class Budget:
    """What one message may still cost, and what had to be left out."""

    parts: int = limits.PARTS
    cuts: set[Cut] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One node: a container with children, or a leaf with content."""

    headers: Headers
    content_type: Parameters
    disposition: Parameters
    raw: bytes = field(repr=False)
    start: int
    end: int
    children: tuple[Part, ...]

    @property
    def media_type(self) -> str:
        return self.content_type.value

    def content(self, limit: int | None = None) -> bytes:
        """The bytes of a leaf with the transfer encoding undone, for any encoding named."""
        end = self.end if limit is None else min(self.end, self.start + limit)
        data = self.raw[self.start : end]
        encoding = self.headers.first("content-transfer-encoding").split(";")[0].strip().lower()
        if encoding == "base64":
            return decode_base64(data)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(data)
        return data

    def leaves(self) -> Iterator[Part]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


def read_parts(raw: bytes, budget: Budget) -> Part:
    """The whole message as a tree no deeper and no wider than the limits."""
    return _read(raw, 0, len(raw), "text/plain", 0, budget)


def _read(raw: bytes, start: int, end: int, default: str, depth: int, budget: Budget) -> Part:
    budget.parts -= 1
    block = read_headers(raw, start, end)
    if block.cut:
        budget.cuts.add(Cut.HEADERS)
    content_type = _content_type(block.headers, default)
    children: tuple[Part, ...] = ()
    if content_type.value.startswith("multipart/"):
        children = _children(raw, block.body_at, end, content_type, depth, budget)
        if not children:
            content_type = Parameters(value="text/plain", names=())
    return Part(
        headers=block.headers,
        content_type=content_type,
        disposition=read_parameters(block.headers.first("content-disposition")),
        raw=raw,
        start=block.body_at,
        end=end,
        children=children,
    )


def _content_type(headers: Headers, default: str) -> Parameters:
    found = read_parameters(headers.first("content-type"))
    if _MEDIA_TYPE.match(found.value):
        return found
    if found.value in ("text", "html", "plain"):
        value = "text/html" if found.value == "html" else default
        return Parameters(value=value, names=found.names)
    return Parameters(value="application/octet-stream" if found.value else default, names=())


def _children(
    raw: bytes, start: int, end: int, content_type: Parameters, depth: int, budget: Budget
) -> tuple[Part, ...]:
    if depth >= limits.DEPTH:
        budget.cuts.add(Cut.DEPTH)
        return ()
    boundary = content_type.get("boundary").strip().encode("utf-8", "replace")[:200]
    spans = _spans(raw, start, end, boundary, budget) if boundary else []
    if not spans:
        guess = _GUESS.search(raw, start, min(end, start + limits.HEADER_BYTES))
        spans = _spans(raw, start, end, guess.group(1), budget) if guess else []
        budget.cuts.add(Cut.BOUNDARY)
    default = "message/rfc822" if content_type.value == "multipart/digest" else "text/plain"
    children: list[Part] = []
    for part_start, part_end in spans:
        if budget.parts <= 0:
            budget.cuts.add(Cut.PARTS)
            break
        children.append(_read(raw, part_start, part_end, default, depth + 1, budget))
    return tuple(children)


def _spans(
    raw: bytes, start: int, end: int, boundary: bytes, budget: Budget
) -> list[tuple[int, int]]:
    """Where the parts between the delimiter lines lie; the last may lack its end."""
    delimiter = b"\n--" + boundary
    spans: list[tuple[int, int]] = []
    opened = -1
    position = raw.find(delimiter, max(start - 1, 0), end)
    for _ in range(_LOOKALIKES):
        if position < 0:
            break
        after = position + len(delimiter)
        closing = raw.startswith(b"--", after, end)
        line_end = raw.find(b"\n", after, min(end, after + 1_000))
        rest = raw[after + 2 * closing : line_end if line_end >= 0 else min(end, after + 1_000)]
        if not rest.strip():
            if opened >= 0:
                before = position - (raw[position - 1 : position] == b"\r")
                spans.append((opened, max(opened, before)))
            if closing:
                return spans
            opened = line_end + 1 if line_end >= 0 else end
            if len(spans) > budget.parts:
                budget.cuts.add(Cut.PARTS)
                return spans
            after = max(after, opened - 1)
        position = raw.find(delimiter, after, end)
    if 0 <= opened < end:
        spans.append((opened, end))
    return spans
