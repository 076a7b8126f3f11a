"""Header blocks: bounded, forgiving, decoded."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from ventanilla.channels.mail import limits
from ventanilla.channels.mail.charsets import clean_text, decode_text, one_line

_FIELD: Final = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_ENVELOPE: Final = (b"From ", b">From ")
_BLANK: Final = re.compile(rb"\n[ \t]*\r?\n")
_WORD: Final = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,4000})\?=")
_PARAMETER: Final = re.compile(
    r";[\s;]*([^\s=;\"]{1,80})\s*=\s*(?:\"((?:[^\"\\]|\\.)*)(?:\"|\\?\Z)|([^;]*))", re.DOTALL
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_PIECE: Final = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """The fields of one header block, in order, names in lower case, values undecoded."""

    fields: tuple[tuple[str, str], ...]

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for field, value in self.fields if field == name)

    def first(self, name: str) -> str:
        return next((value for field, value in self.fields if field == name), "")

    def has(self, name: str) -> bool:
        return any(field == name for field, _ in self.fields)

    def text(self, name: str, limit: int) -> str:
        """The first value of `name` as one line for people."""
        return one_line(decode_words(self.first(name)), limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderBlock:
    headers: Headers
    body_at: int
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """A structured value: `text/plain; charset=utf-8` and its like."""

    value: str
    names: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        return next((value for key, value in self.names if key == name), "")


def read_headers(raw: bytes, start: int, end: int) -> HeaderBlock:
    """The header block of `raw[start:end]` and where the body begins."""
    fields: list[tuple[str, list[bytes]]] = []
    position, lines = start, 0
    while position < end:
        if position - start > limits.HEADER_BYTES or lines > limits.HEADER_LINES:
            return HeaderBlock(
                headers=_headers(fields), body_at=_after_blank(raw, position, end), cut=True
            )
        stop = raw.find(b"\n", position, min(end, position + limits.HEADER_BYTES))
        after = _line_end(stop, position, end)
        line = raw[position:after].rstrip(b"\r\n")
        lines += 1
        if not line.strip(b" \t"):
            position = after
            if fields:
                break
            continue
        if line[:1] in b" \t" and fields:
            fields[-1][1].append(line)
        elif found := _FIELD.match(line):
            name = found.group(1).decode("ascii").lower()
            fields.append((name, [line[found.end() :]]))
        elif not line.startswith(_ENVELOPE):
            break
        position = after
    return HeaderBlock(headers=_headers(fields), body_at=min(position, end), cut=False)


def decode_words(value: str) -> str:
    """`value` with its encoded words (RFC 2047) decoded, also the badly made ones."""
    if "=?" not in value:
        return value
    return "".join(_decoded_pieces(value))


def read_parameters(value: str) -> Parameters:
    """A structured header value; continued and encoded parameters (RFC 2231) are joined."""
    value = value[: limits.PARAMETER_HEADER]
    main = value.split(";", 1)[0].strip().lower()
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, quoted, bare in _PARAMETER.findall(value):
        text = _ESCAPED.sub(r"\1", quoted) if quoted else bare.strip()
        match = _PIECE.match(name.lower())
        if match is None:
            continue
        key, number, encoded = match.group(1), match.group(2), match.group(3) is not None
        if number is None and not encoded:
            plain.setdefault(key, decode_words(text))
        else:
            pieces.setdefault(key, {}).setdefault(int(number or 0), (text, encoded))
    joined = {key: _join_pieces(parts) for key, parts in pieces.items()}
    return Parameters(value=main, names=tuple({**plain, **joined}.items()))


def _line_end(newline: int, position: int, end: int) -> int:
    if newline >= 0:
        return newline + 1
    return min(end, position + limits.HEADER_BYTES)


def _after_blank(raw: bytes, position: int, end: int) -> int:
    blank = _BLANK.search(raw, max(position - 1, 0), end)
    return blank.end() if blank else end


def _headers(fields: list[tuple[str, list[bytes]]]) -> Headers:
    return Headers(
        fields=tuple(
            (name, _unfolded(b"".join(lines)[: limits.HEADER_VALUE])) for name, lines in fields
        )
    )


def _unfolded(value: bytes) -> str:
    return clean_text(decode_text(value, None)).replace("\n", " ").strip()


def _decoded_pieces(value: str) -> Iterator[str]:
    position, pending, charset = 0, b"", ""
    for match in _WORD.finditer(value):
        between = value[position : match.start()]
        word_charset = match.group(1).split("*", 1)[0].lower()
        if pending and (between.strip() or word_charset != charset):
            yield decode_text(pending, charset)
            pending = b""
        if between.strip() or position == 0:
            yield between
        charset = word_charset
        pending += _word_bytes(match.group(2), match.group(3))
        position = match.end()
    if pending:
        yield decode_text(pending, charset)
    yield value[position:]


def _word_bytes(encoding: str, payload: str) -> bytes:
    data = payload.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(data.replace(b" ", b"_"), header=True)
    return decode_base64(data)


def decode_base64(data: bytes) -> bytes:
    """The bytes of a base64 text; stray characters are skipped, a broken end is dropped."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        whole = len(letters) - len(letters) % 4
        rest = letters[whole:]
        tail = binascii.a2b_base64(rest + b"=" * (4 - len(rest))) if len(rest) > 1 else b""
        return binascii.a2b_base64(letters[:whole]) + tail


def _join_pieces(parts: dict[int, tuple[str, bool]]) -> str:
    charset, data = "", b""
    for number in sorted(parts):
        text, encoded = parts[number]
        if number == 0 and encoded and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        raw = text.encode("utf-8", "replace")
        data += unquote_to_bytes(raw) if encoded else raw
    return decode_text(data, charset)
