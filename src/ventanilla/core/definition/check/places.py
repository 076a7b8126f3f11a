"""Where in its file a part of a procedure was written."""

from collections.abc import Mapping
from dataclasses import dataclass

from ventanilla.core.definition.model import MAIN_TRACK, Step
from ventanilla.core.definition.nodes import Mapping as MappingNode
from ventanilla.core.definition.nodes import Mark, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The nodes a procedure was compiled from, asked by the names of its parts."""

    node: Node
    sheets: Mapping[str, Sequence]

    def at(self, *path: str | int) -> Mark:
        """The key or item at the end of a path, or the nearest place that exists."""
        node, mark = self.node, self.node.mark
        for part in path:
            if isinstance(node, MappingNode) and isinstance(part, str):
                key, value = node.key(part), node.get(part)
                if key is None or value is None:
                    return mark
                node, mark = value, key.mark
            elif isinstance(part, int):
                if isinstance(node, Sequence) and part < len(node.items):
                    node = node.items[part]
                mark = node.mark
        return mark

    def keys(self, *path: str) -> tuple[str, ...]:
        """The names written under a path."""
        node: Node | None = self.node
        for part in path:
            node = node.get(part) if isinstance(node, MappingNode) else None
        return tuple(key.text for key, _ in node.entries) if isinstance(node, MappingNode) else ()

    def branch(self, step: Step, index: int) -> Mark | None:
        """A branch out of a step; None for the one that nobody wrote because it goes without."""
        written = self._within(step, "next")
        count = len(written.items) if isinstance(written, Sequence) else int(written is not None)
        if index < count:
            return self.step(step, "next", index)
        return self.step(step, "end") if self._within(step, "end") is not None else None

    def _within(self, step: Step, name: str) -> Node | None:
        path = ("steps",) if step.track == MAIN_TRACK else ("tracks", step.track, "steps")
        node: Node | None = self.node
        for part in (*path, step.name, name):
            node = node.get(part) if isinstance(node, MappingNode) else None
        return node

    def step(self, step: Step, *path: str | int) -> Mark:
        """A step, or a part of it."""
        if step.track == MAIN_TRACK:
            return self.at("steps", step.name, *path)
        return self.at("tracks", step.track, "steps", step.name, *path)

    def row(self, table: str, number: int) -> Mark:
        """A row of a decision table, counted from 0, wherever it was written."""
        file = self._file(table)
        if file in self.sheets:
            rows = self.sheets[file].items
            return rows[min(number + 1, len(rows) - 1)].mark
        return self.at("tables", table, "rules", number)

    def _file(self, table: str) -> str:
        tables = self.node.get("tables") if isinstance(self.node, MappingNode) else None
        written = tables.get(table) if isinstance(tables, MappingNode) else None
        file = written.get("file") if isinstance(written, MappingNode) else None
        return file.text if isinstance(file, Scalar) else ""
