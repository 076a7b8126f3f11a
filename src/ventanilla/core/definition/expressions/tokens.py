"""The words of an expression, each with the place where it begins."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ventanilla.core.definition.expressions.trouble import Trouble
from ventanilla.core.definition.problems import Code

MAX_CHARACTERS = 2_000
MAX_DIGITS = 18


class Word(StrEnum):
    NUMBER = "number"
    TEXT = "text"
    NAME = "name"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    word: Word
    text: str
    offset: int


KEYWORDS = frozenset({"and", "or", "not", "in", "if", "else", "true", "false", "none"})

_FOREIGN = {
    "=": "==",
    "===": "==",
    "<>": "!=",
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "!": "not",
    "?": "if … else",
    "**": "*",
    "//": "/",
    "%": "/",
}
_PATTERN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<number>\d+(?:\.\d+)?(?!\w))
  | (?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
  | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
  | (?P<foreign>===|<>|&&|\|\||\*\*|//|=(?!=)|!(?!=)|[&|?%])
  | (?P<sign>==|!=|<=|>=|[-+*/<>(),\[\]])
    """,
    re.VERBOSE | re.DOTALL,
)


def tokens(source: str) -> tuple[Token, ...]:
    """Split an expression into words; raises Trouble at the first that is none."""
    if len(source) > MAX_CHARACTERS:
        raise Trouble(Code.EXPRESSION_TOO_LONG, 0, limit=str(MAX_CHARACTERS))
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _PATTERN.match(source, at)
        if match is None:
            raise _unreadable(source, at)
        kind = match.lastgroup or ""
        if kind == "foreign":
            raise Trouble(
                Code.EXPRESSION_OPERATOR, at, found=match.group(), near=_FOREIGN[match.group()]
            )
        if kind != "space":
            found.append(Token(Word(kind), match.group(), at))
        at = match.end()
    found.append(Token(Word.END, "", len(source)))
    return tuple(found)


def number_of(token: Token) -> int | Decimal:
    """The number a token spells; money stays exact."""
    digits = token.text.replace(".", "")
    if len(digits) > MAX_DIGITS:
        raise Trouble(Code.EXPRESSION_NUMBER, token.offset, found=token.text[:40])
    return Decimal(token.text) if "." in token.text else int(token.text)


def text_of(token: Token) -> str:
    """The text between the quotes; a backslash lets a quote or a backslash stand for itself."""
    return re.sub(r"\\(.)", _escaped, token.text[1:-1], flags=re.DOTALL)


def _escaped(match: re.Match[str]) -> str:
    return "\n" if match.group(1) == "n" else match.group(1)


def _unreadable(source: str, at: int) -> Trouble:
    character = source[at]
    if character in "\"'":
        return Trouble(Code.EXPRESSION_TEXT_OPEN, at, quote=character)
    if character.isdigit():
        return Trouble(Code.EXPRESSION_NUMBER, at, found=source[at : at + 20])
    return Trouble(Code.EXPRESSION_CHARACTER, at, found=character)
