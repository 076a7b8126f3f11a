"""Texts with merge fields between double braces: each an expression, checked when loaded."""

import re
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
from ventanilla.core.definition.problems import Code

_OPENING = "{{"
_CLOSING = "}}"
_EMPTY_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text ready to be filled. ``parts`` alternate freely between words and merge fields."""

    source: str
    parts: tuple[str | Expression, ...]

    @property
    def names(self) -> frozenset[str]:
        """The keys of the scope that the merge fields read."""
        found = (part.names for part in self.parts if isinstance(part, Expression))
        return frozenset().union(*found)

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


def compile_text(source: str, env: Env) -> Text | tuple[ExpressionProblem, ...]:
    """Read a text; all its problems at once, with offsets into the whole text."""
    parts: list[str | Expression] = []
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
        found = compile_expression(inner.strip(), env)
        if isinstance(found, ExpressionProblem):
            problems.append(found.moved(start + 2 + padding))
        else:
            parts.append(found)
        at = end + 2
    if problems:
        return tuple(problems)
    parts.append(source[at:])
    return Text(source=source, parts=tuple(part for part in parts if part != ""))


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
