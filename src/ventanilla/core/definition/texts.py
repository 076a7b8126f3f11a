"""Texts with merge fields between double braces: each an expression, checked when loaded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ventanilla.core.definition.expressions import (
    Env,
    Expression,
    ExpressionProblem,
    Scope,
    compile_expression,
)
from ventanilla.core.definition.expressions.functions import is_empty
from ventanilla.core.definition.expressions.wording import MAX_TEXT, language_of, show, zone_of
from ventanilla.core.definition.problems import Code, near

_OPENING = "{{"
_CLOSING = "}}"
_FRAGMENT = re.compile(r"text\.(\w+)")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


MAX_PARTS = 500
"""Parts that a text may have, those of its fragments among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text ready to be filled. ``parts`` alternate freely between words and merge fields.

    ``fragments`` are the texts of the procedure that it names; their parts are among its own.
    """

    source: str
    parts: tuple[str | Expression, ...]
    fragments: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """The keys of the scope that the merge fields read."""
        found = (part.names for part in self.parts if isinstance(part, Expression))
        return frozenset().union(*found)

    @property
    def wording(self) -> str:
        """The text as it reads with its fragments in their places."""
        return "".join(
            part if isinstance(part, str) else f"{_OPENING}{part.source}{_CLOSING}"
            for part in self.parts
        )

    def render(self, scope: Scope) -> str:
        """The text with its merge fields filled; what is missing leaves no mark.

        Where missing values leave several empty lines together, one remains.
        """
        language, zone = language_of(scope), zone_of(scope)
        filled = "".join(
            part
            if isinstance(part, str)
            else show(part.evaluate(scope), part.type, language=language, zone=zone)
            for part in self.parts
        )
        return _EMPTY_LINES.sub("\n\n", filled)[:MAX_TEXT]

    def missing(self, scope: Scope) -> tuple[str, ...]:
        """The merge fields that would stay empty, as written, in order."""
        return tuple(
            part.source
            for part in self.parts
            if isinstance(part, Expression) and is_empty(part.evaluate(scope))
        )


def compile_text(
    source: str, env: Env, fragments: Mapping[str, Text] | None = None
) -> Text | tuple[ExpressionProblem, ...]:
    """Read a text; all its problems at once, with offsets into the whole text."""
    known = fragments or {}
    parts: list[str | Expression] = []
    used: set[str] = set()
    problems: list[ExpressionProblem] = []
    at = 0
    while (start := source.find(_OPENING, at)) >= 0:
        parts.append(source[at:start])
        end = _closing(source, start)
        if end < 0:
            problems.append(ExpressionProblem(code=Code.MERGE_FIELD_OPEN, offset=start))
            at = start + len(_OPENING)
            continue
        inner = source[start + 2 : end]
        padding = len(inner) - len(inner.lstrip())
        name = fragment_named(inner)
        found = _fragment(name, known) if name else compile_expression(inner.strip(), env)
        if isinstance(found, ExpressionProblem):
            problems.append(found.moved(start + 2 + padding))
        elif isinstance(found, Text):
            parts += found.parts
            used.add(name)
        else:
            parts.append(found)
        at = end + 2
    parts.append(source[at:])
    if len(parts) > MAX_PARTS:
        params = {"limit": str(MAX_PARTS)}
        problems.append(ExpressionProblem(code=Code.EXPRESSION_TOO_BIG, offset=0, params=params))
    if problems:
        return tuple(problems)
    shown = tuple(part for part in parts if part != "")
    return Text(source=source, parts=shown, fragments=frozenset(used))


def fragment_named(merge_field: str) -> str:
    """The fragment that a merge field names as ``text.NAME``; empty for any other expression."""
    found = _FRAGMENT.fullmatch(merge_field.strip())
    return found[1] if found else ""


def fragments_in(source: str) -> frozenset[str]:
    """Every fragment that a text names, known or not."""
    inside = (piece.partition(_CLOSING)[0] for piece in source.split(_OPENING)[1:])
    return frozenset(name for one in inside if (name := fragment_named(one)))


def _fragment(name: str, known: Mapping[str, Text]) -> Text | ExpressionProblem:
    if name in known:
        return known[name]
    params = {"name": name[:60], "near": near(name, known)}
    return ExpressionProblem(code=Code.UNKNOWN_TEXT, offset=len("text."), params=params)


def _closing(source: str, start: int) -> int:
    """Where the merge field ends; braces within quotes belong to it.

    Negative when another begins before, or the text ends.
    """
    quote = ""
    at = start + 2
    while at < len(source):
        character = source[at]
        if quote:
            if character == "\\":
                at += 1
            elif character == quote:
                quote = ""
        elif character in "\"'":
            quote = character
        elif source.startswith(_CLOSING, at):
            return at
        elif source.startswith(_OPENING, at):
            return -1
        at += 1
    return -1
