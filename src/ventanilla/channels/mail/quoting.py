"""What the writer added, parted from what they answered to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

MARKER_EDGE: Final = "##-"
_MARKER: Final = re.compile(r"[>\s*_|]*##-.{5,120}-##[\s*_|]*\Z")

_LOOK_BACK: Final = 4
_LINE: Final = 600
_VERBS: Final = (
    *("escribió", "escribio", "escribe", "redactó", "wrote", "writes", "a écrit", "escreveu"),
    *("schrieb", "ha scritto", "schreef"),
)
_OPENINGS: Final = ("el ", "on ", "le ", "em ", "am ", "il ", "op ", "al ", "en ", "in ", "at ")
_SEPARATORS: Final = re.compile(
    r"(?:-{2,}\s*(?:mensaje|correo|original|forwarded|mensagem|ursprüngliche|message)"
    r"[\w\s]{0,40}-{2,}|_{20,}|-{2,}\s*mensaje\s+original\s*-{0,}|"
    r"(?:obtener|get)\s+outlook\s+(?:para|for)\s.{2,60}|"
    r"(?:enviado desde mi|sent from my)\s.{2,60})\Z",
    re.IGNORECASE,
)
_SENT_FROM: Final = re.compile(r"(?:obtener|get|enviado|sent)\s", re.IGNORECASE)
_FROM: Final = re.compile(r"\*?(?:de|from|von|da)\s?:\*?\s.{2,}", re.IGNORECASE)
_SENT: Final = re.compile(
    r"\*?(?:enviado(?: el)?|fecha|sent|date|para|to|asunto|subject|enviada)\s?:\*?\s", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    reply: str
    quoted: str


def part_reply(text: str) -> Parted:
    """`text` in two: new words and quotation. Nothing is dropped; no sign means all is new."""
    lines = text.split("\n")
    marker = next((i for i, line in enumerate(lines) if _is_marker(line)), len(lines))
    cut = _first_quotation(lines[:marker])
    reply = "\n".join(lines[:cut]).strip()
    if reply or cut == len(lines):
        return Parted(reply=reply, quoted="\n".join(lines[cut:]).strip("\n"))
    return _answers_below(lines)


def _is_marker(line: str) -> bool:
    return MARKER_EDGE in line[:_LINE] and _MARKER.match(line[:_LINE]) is not None


def _first_quotation(lines: Sequence[str]) -> int:
    """The index of the first line that belongs to the quotation; all lines when there is none."""
    for index, line in enumerate(lines):
        plain = line[:_LINE].strip()
        if not plain:
            continue
        if _SEPARATORS.match(plain) and not _SENT_FROM.match(plain):
            return _without_device_line(lines, index)
        if _FROM.match(plain) and _has_sent_line(lines, index):
            return _without_device_line(lines, index)
        if _introduces(lines, index):
            return _without_device_line(lines, index)
        if plain.startswith(">") and _only_quotation_from(lines, index):
            return _without_device_line(lines, index)
    return _without_device_line(lines, len(lines))


def _has_sent_line(lines: Sequence[str], index: int) -> bool:
    following = [line[:_LINE].strip() for line in lines[index + 1 : index + 5]]
    return any(_SENT.match(line) for line in following)


def _introduces(lines: Sequence[str], index: int) -> bool:
    """Whether a "X wrote:" sentence, perhaps broken over lines, begins at `index`."""
    return any(_is_introduction(sentence) for sentence in _sentences(lines, index))


def _is_introduction(sentence: str) -> bool:
    """A sentence of somebody, some day or some address, and a verb of writing at its end."""
    low = sentence.casefold()
    if low.endswith(">:") and "@" in low:
        return True
    if not low.rstrip(": ").endswith(_VERBS):
        return False
    dated = any(character.isdigit() for character in low)
    return "@" in low or (dated and (low.startswith(_OPENINGS) or low[0].isdigit()))


def _sentences(lines: Sequence[str], index: int) -> Iterator[str]:
    sentence = ""
    for line in lines[index : index + _LOOK_BACK]:
        if not line.strip():
            return
        sentence = f"{sentence} {line[:_LINE].strip()}".strip()
        if len(sentence) > _LINE:
            return
        if sentence.endswith((":", *_VERBS)):
            yield sentence


def _only_quotation_from(lines: Sequence[str], index: int) -> bool:
    following = lines[index : index + 3]
    return all(not line.strip() or line.lstrip().startswith(">") for line in following)


def _without_device_line(lines: Sequence[str], index: int) -> int:
    """Moves up over "Enviado desde mi …" and blank lines that stand just above a quotation."""
    while index > 0:
        above = lines[index - 1][:_LINE].strip()
        if above and not (_SENT_FROM.match(above) and _SEPARATORS.match(above)):
            return index
        index -= 1
    return index


def _answers_below(lines: Sequence[str]) -> Parted:
    """Answers under or between quoted lines; without ">" the whole text counts as new."""
    quoted = [line for line in lines if line.lstrip().startswith(">")]
    if not quoted:
        return Parted(reply="\n".join(lines).strip(), quoted="")
    start = _first_quotation(lines)
    first_quoted = next(i for i, line in enumerate(lines) if line.lstrip().startswith(">"))
    new = [line for line in lines[first_quoted:] if not line.lstrip().startswith(">")]
    reply = "\n".join(new).strip()
    if not reply:
        return Parted(reply="", quoted="\n".join(lines).strip("\n"))
    return Parted(reply=reply, quoted="\n".join([*lines[start:first_quoted], *quoted]))
