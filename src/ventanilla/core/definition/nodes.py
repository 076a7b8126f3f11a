"""What an author wrote, as plain values with positions: scalars, mappings and sequences."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file of the pack. Lines and columns count from 1, as editors do."""

    file: str
    line: int = 1
    column: int = 1

    def moved(self, columns: int) -> "Mark":
        return Mark(self.file, self.line, self.column + columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A text as written, and where its first character stands.

    ``indent`` is what precedes each further line. Text that was folded or escaped is not ``exact``:
    its characters have lost their places, and the beginning stands for all of them.
    """

    text: str
    mark: Mark
    exact: bool = True
    indent: int = 0

    def at(self, offset: int) -> Mark:
        """Where the character ``offset`` of the text stands in its file."""
        if not self.exact:
            return self.mark
        before = self.text[:offset]
        lines = before.count("\n")
        if not lines:
            return self.mark.moved(offset)
        column = len(before) - before.rindex("\n") + self.indent
        return Mark(self.mark.file, self.mark.line + lines, column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    items: tuple["Node", ...]
    mark: Mark

    def __iter__(self) -> Iterator["Node"]:
        return iter(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Entries in written order, each with the scalar that names it. Names do not repeat."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    mark: Mark

    def get(self, name: str) -> "Node | None":
        return next((node for key, node in self.entries if key.text == name), None)

    def key(self, name: str) -> Scalar | None:
        return next((key for key, _ in self.entries if key.text == name), None)


Node = Scalar | Sequence | Mapping
