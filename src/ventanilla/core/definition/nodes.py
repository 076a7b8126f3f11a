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
    """A text as written. ``exact`` says that its characters stand one by one from ``start`` on.

    Quoted text begins one column after its mark; folded text has lost its columns.
    """

    text: str
    mark: Mark
    quoted: bool = False
    exact: bool = True

    def at(self, offset: int) -> Mark:
        """Where the character ``offset`` of the text stands in its file."""
        before = self.text[:offset]
        if "\n" in before:
            line = before.count("\n")
            column = offset - before.rindex("\n")
            return Mark(self.mark.file, self.mark.line + line, column if self.exact else 1)
        return self.mark.moved(offset + self.quoted) if self.exact else self.mark


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
