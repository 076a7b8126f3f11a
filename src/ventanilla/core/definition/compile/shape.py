"""Reading nodes as forms: which keys a mapping may have, and texts, lists and dates out of them."""

import re
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from ventanilla.core.businesstime import Span, SpanError, parse_span
from ventanilla.core.definition.compile.shapes import Section
from ventanilla.core.definition.nodes import Mapping, Mark, Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, Problems, near

_T = TypeVar("_T")

YES = frozenset({"true", "yes", "sí", "si"})
NO = frozenset({"false", "no"})
_NAME = re.compile(r"[^\W\d]\w*")
_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2})?(-\d{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A mapping whose keys have been checked; each method reads one of them."""

    node: Mapping
    problems: Problems

    @property
    def mark(self) -> Mark:
        return self.node.mark

    def has(self, name: str) -> bool:
        return self.node.get(name) is not None

    def mark_of(self, name: str) -> Mark:
        key = self.node.key(name)
        return key.mark if key is not None else self.node.mark

    def get(self, name: str) -> Node | None:
        return self.node.get(name)

    def scalar(self, name: str) -> Scalar | None:
        return as_scalar(self.node.get(name), self.problems)

    def text(self, name: str, default: str = "") -> str:
        found = self.scalar(name)
        return found.text.strip() if found is not None else default

    def boolean(self, name: str, *, default: bool = False) -> bool:
        found = self.scalar(name)
        if found is None:
            return default
        word = found.text.strip().casefold()
        if word not in YES | NO:
            self.problems.add(Code.BAD_BOOLEAN, found.mark, found=found.text[:40])
        return word in YES

    def integer(self, name: str, default: int, *, least: int = 0, most: int = 1_000_000) -> int:
        found = self.scalar(name)
        if found is None:
            return default
        if found.text.isascii() and found.text.isdigit() and len(found.text) < 10:
            number = int(found.text)
            if least <= number <= most:
                return number
        self.problems.add(
            Code.BAD_INTEGER, found.mark, found=found.text[:40], least=str(least), most=str(most)
        )
        return default

    def day(self, name: str) -> date | None:
        found = self.scalar(name)
        return None if found is None else as_day(found, self.problems)

    def partial_date(self, name: str) -> str:
        """A year, a month or a day; what old documents tell of their changes."""
        found = self.scalar(name)
        if found is None:
            return ""
        if not _PARTIAL_DATE.fullmatch(found.text):
            self.problems.add(Code.BAD_DATE, found.mark, found=found.text[:40])
        return found.text

    def span(self, name: str) -> Span | None:
        found = self.scalar(name)
        return None if found is None else as_span(found, self.problems)

    def one_of(self, name: str, allowed: MappingABC[str, _T]) -> _T | None:
        found = self.scalar(name)
        if found is None:
            return None
        if found.text not in allowed:
            self.problems.add(
                Code.EXPECTED_ONE_OF,
                found.mark,
                found=found.text[:40],
                expected=", ".join(allowed),
                near=near(found.text, allowed),
            )
            return None
        return allowed[found.text]

    def items(self, name: str) -> tuple[Node, ...]:
        """The list under a key; one value alone stands for a list of it."""
        found = self.node.get(name)
        if found is None or is_blank(found):
            return ()
        return found.items if isinstance(found, Sequence) else (found,)

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(scalar.text.strip() for scalar in self.scalars(name))

    def scalars(self, name: str) -> tuple[Scalar, ...]:
        found = (as_scalar(item, self.problems) for item in self.items(name))
        return tuple(scalar for scalar in found if scalar is not None)

    def entries(self, name: str) -> tuple[tuple[Scalar, Node], ...]:
        return entries_of(self.node.get(name), self.problems)

    def named(self, name: str) -> tuple[tuple[Scalar, Node], ...]:
        """The entries under a key whose own keys are names that expressions can use."""
        return named_entries(self.node.get(name), self.problems)


def open_form(node: Node | None, problems: Problems, section: Section) -> Form | None:
    """Read a mapping with a section's words; others are problems. None when it is no mapping."""
    if node is None:
        return None
    if not isinstance(node, Mapping):
        if is_blank(node):
            node = Mapping(entries=(), mark=node.mark)
        else:
            problems.add(Code.EXPECTED_MAPPING, node.mark, keys=", ".join([*section.words][:8]))
            return None
    allowed = tuple(section.words)
    for key, _ in node.entries:
        if key.text in section.postponed:
            problems.add(Code.NOT_YET, key.mark, name=key.text)
        elif key.text not in section.words:
            problems.add(
                Code.UNKNOWN_KEY,
                key.mark,
                name=key.text,
                near=near(key.text, allowed),
                expected=", ".join(allowed),
            )
    for name in section.must:
        found = node.get(name)
        if found is None or is_blank(found):
            problems.add(Code.MISSING_KEY, node.mark, name=name)
    return Form(node=node, problems=problems)


def is_blank(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text.strip()


def as_scalar(node: Node | None, problems: Problems) -> Scalar | None:
    if node is None:
        return None
    if not isinstance(node, Scalar):
        problems.add(Code.EXPECTED_TEXT, node.mark)
        return None
    return node


def as_day(found: Scalar, problems: Problems) -> date | None:
    try:
        return date.fromisoformat(found.text.strip())
    except ValueError:
        problems.add(Code.BAD_DATE, found.mark, found=found.text[:40])
        return None


def as_span(found: Scalar, problems: Problems) -> Span | None:
    try:
        return parse_span(found.text)
    except SpanError as error:
        meant = error.params.get("nearest", "")
        problems.add(Code.BAD_SPAN, found.mark, found=found.text[:40], near=meant)
        return None


def entries_of(node: Node | None, problems: Problems) -> tuple[tuple[Scalar, Node], ...]:
    """The entries of a mapping; nothing written stands for none."""
    if node is None or is_blank(node):
        return ()
    if not isinstance(node, Mapping):
        problems.add(Code.EXPECTED_MAPPING, node.mark, keys="")
        return ()
    return node.entries


def named_entries(node: Node | None, problems: Problems) -> tuple[tuple[Scalar, Node], ...]:
    found = []
    for key, value in entries_of(node, problems):
        if is_name(key.text):
            found.append((key, value))
        else:
            problems.add(Code.BAD_NAME, key.mark, name=key.text[:40])
    return tuple(found)


def is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and len(text) <= 60
