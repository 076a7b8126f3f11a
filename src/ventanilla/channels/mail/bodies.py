"""The words and the files of a message, chosen from its tree of parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ventanilla.channels.mail import limits
from ventanilla.channels.mail.charsets import decode_text
from ventanilla.channels.mail.files import is_dangerous, safe_name, sniff, unique_name
from ventanilla.channels.mail.headers import decode_words
from ventanilla.channels.mail.html_text import html_to_text
from ventanilla.channels.mail.message import Cut, MailFile
from ventanilla.channels.mail.parts import Budget, Part

_WORDS: Final = frozenset({"text/plain", "text/html", "text/enriched"})
_BYTES_PER_CHARACTER: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    text: str
    html: str
    files: tuple[MailFile, ...]


def read_body(root: Part, budget: Budget) -> Body:
    """The best plain text, the HTML as it came, and every other part as a file."""
    words: list[Part] = []
    others: list[Part] = []
    _sort(root, words, others)
    html = "\n".join(_text(part, limits.HTML, budget) for part in words if _is_html(part))
    html = html[: limits.HTML]
    return Body(text=_best_text(words, budget), html=html, files=tuple(_files(others, budget)))


def _sort(part: Part, words: list[Part], others: list[Part]) -> None:
    for leaf in part.leaves():
        is_word = leaf.media_type in _WORDS and leaf.disposition.value != "attachment"
        named = bool(_file_name(leaf))
        (words if is_word and not named else others).append(leaf)


def _best_text(words: list[Part], budget: Budget) -> str:
    plain = [part for part in words if not _is_html(part)]
    pieces = [_flowed(part, _text(part, limits.TEXT, budget)).strip("\n") for part in plain]
    text = "\n\n".join(piece for piece in pieces if piece.strip())
    if not text.strip():
        markup = [part for part in words if _is_html(part)]
        reduced = [html_to_text(_text(part, limits.HTML, budget)) for part in markup[:20]]
        text = "\n\n".join(piece for piece in reduced if piece.strip())
    if len(text) > limits.TEXT:
        budget.cuts.add(Cut.TEXT)
    return text[: limits.TEXT]


def _text(part: Part, limit: int, budget: Budget) -> str:
    if part.end - part.start > limit * _BYTES_PER_CHARACTER:
        budget.cuts.add(Cut.TEXT)
    data = part.content(limit * _BYTES_PER_CHARACTER)
    return decode_text(data, part.content_type.get("charset"))[: limit + 1]


def _is_html(part: Part) -> bool:
    return part.media_type != "text/plain"


def _flowed(part: Part, text: str) -> str:
    """Lines that were only broken to fit are joined again (RFC 3676)."""
    if part.content_type.get("format").lower() != "flowed":
        return text
    keep_space = part.content_type.get("delsp").lower() != "yes"
    lines: list[str] = []
    open_line: list[str] = []
    for line in text.split("\n"):
        stuffed = line.removeprefix(" ")
        soft = stuffed.endswith(" ") and stuffed != "-- " and not stuffed.startswith(">")
        open_line.append(stuffed if keep_space or not soft else stuffed[:-1])
        if not soft:
            lines.append("".join(open_line))
            open_line = []
    return "\n".join([*lines, "".join(open_line)])


def _files(parts: list[Part], budget: Budget) -> Iterator[MailFile]:
    taken: set[str] = set()
    if len(parts) > limits.FILES:
        budget.cuts.add(Cut.FILES)
    for number, part in enumerate(parts[: limits.FILES], start=1):
        content = part.content()
        if not content and not _file_name(part):
            continue
        media_type = _media_type(part, content)
        name = unique_name(safe_name(_file_name(part), media_type, number), taken)
        yield MailFile(
            name=name,
            media_type=media_type,
            declared_type=part.media_type,
            content=content,
            content_id=part.headers.first("content-id").strip(" <>")[:200],
            inline=part.disposition.value == "inline" or part.headers.has("content-id"),
            dangerous=is_dangerous(name, media_type),
        )


def _media_type(part: Part, content: bytes) -> str:
    if part.media_type == "message/rfc822":
        return part.media_type
    found = sniff(content)
    refines = found == "text/plain" and part.media_type in ("text/csv", "text/calendar")
    return part.media_type if refines else found


def _file_name(part: Part) -> str:
    return decode_words(part.disposition.get("filename") or part.content_type.get("name"))
