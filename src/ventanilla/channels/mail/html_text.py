"""HTML reduced to text by one pass over the tags, in time proportional to its length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from ventanilla.channels.mail.charsets import clean_text

_TAG_NAME: Final = re.compile(r"/?([a-zA-Z][a-zA-Z0-9]{0,20})")
_HIDDEN: Final = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "title", "template", "noscript", "svg", "select")
}
_BREAKS: Final = frozenset(
    {"br", "p", "div", "tr", "li", "ul", "ol", "table", "hr", "section", "article", "header"}
    | {"footer", "pre", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "address"}
)
_SPACES: Final = re.compile(r"[ \t\n\r\f\u00a0]+")
_MANY_BREAKS: Final = re.compile(r"\n{3,}")
_QUOTE_DEPTH: Final = 8


def html_to_text(html: str) -> str:
    """The words of `html` in lines; quotations carry "> " as in plain mail."""
    lines = _Lines()
    for tag, text in _tokens(html):
        if text:
            lines.add(text)
        elif tag in ("td", "th"):
            lines.add(" ")
        elif tag.lstrip("/") in _BREAKS:
            lines.break_at(tag)
    return _MANY_BREAKS.sub("\n\n", clean_text(lines.text())).strip("\n")


class _Lines:
    """Lines being written; each is a list of pieces, joined once."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._pieces: list[str] = []
        self._depth = 0
        self._item = False

    def add(self, text: str) -> None:
        if self._pieces or text.strip():
            self._pieces.append(text if self._pieces else text.lstrip())

    def break_at(self, tag: str) -> None:
        name = tag.lstrip("/")
        if self._pieces or name == "br":
            self._flush()
        if name == "p" and self._done and self._done[-1].strip("> "):
            self._flush()
        if name == "blockquote":
            self._depth = max(0, self._depth + (-1 if tag.startswith("/") else 1))
        self._item = tag == "li"

    def text(self) -> str:
        if self._pieces:
            self._flush()
        return "\n".join(self._done)

    def _flush(self) -> None:
        prefix = "> " * min(self._depth, _QUOTE_DEPTH) + ("- " if self._item else "")
        self._done.append((prefix + "".join(self._pieces)).rstrip())
        self._pieces = []


def _tokens(html: str) -> Iterator[tuple[str, str]]:
    """Tags by name with "" as text, and runs of text with "" as tag."""
    position, length = 0, len(html)
    unclosed: set[str] = set()
    while position < length:
        opened = html.find("<", position)
        opened = length if opened < 0 else opened
        if opened > position:
            yield "", _SPACES.sub(" ", unescape(html[position:opened]))
        if opened >= length:
            return
        if html.startswith("<!--", opened):
            position = _after(html, "-->", opened, unclosed) or opened + 4
            continue
        name = _TAG_NAME.match(html, opened + 1)
        position = opened + 1
        if name is None and html[position : position + 1] not in ("!", "?"):
            yield "", "<"
            continue
        position = _after(html, ">", opened, unclosed) or length
        if name is not None:
            tag = name.group(0).lower()
            position = _after_hidden(html, tag, position, unclosed)
            yield tag, ""


def _after(html: str, mark: str, position: int, unclosed: set[str]) -> int | None:
    """Just behind the next `mark`; one that was missed once is never looked for again."""
    if mark in unclosed:
        return None
    found = html.find(mark, position)
    if found < 0:
        unclosed.add(mark)
        return None
    return found + len(mark)


def _after_hidden(html: str, tag: str, position: int, unclosed: set[str]) -> int:
    closing = _HIDDEN.get(tag)
    if closing is None or tag in unclosed:
        return position
    found = closing.search(html, position)
    if found is None:
        unclosed.add(tag)
        return position
    return found.start()
