"""YAML text to nodes with marks. Every scalar stays the text it is: ``si``, ``10:30`` and ``012``.

Built from the parser's events, not from its composed tree: that one recurses, and a file of a
hundred thousand brackets would end the process.
"""

from collections.abc import Iterator
from typing import Protocol

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ventanilla.core.definition.nodes import Mapping, Mark, Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, Problems


class Place(Protocol):
    """What the parser says of a place; it counts from 0."""

    line: int
    column: int
    index: int


MAX_CHARACTERS = 1_000_000
MAX_NODES = 100_000
MAX_DEPTH = 24


def read_yaml(file: str, text: str, problems: Problems, first_line: int = 1) -> Node | None:
    """Read one document; None when nothing can be made of it, with at least one problem told."""
    if len(text) > MAX_CHARACTERS:
        problems.add(Code.YAML_TOO_LARGE, Mark(file), limit=str(MAX_CHARACTERS))
        return None
    reading = _Reading(file, text, problems, first_line)
    try:
        return reading.document()
    except _Stop:
        return None
    except yaml.MarkedYAMLError as error:
        problems.add(Code.YAML_SYNTAX, reading.place(error), detail=_detail(error))
    except yaml.YAMLError as error:
        problems.add(Code.YAML_SYNTAX, Mark(file), detail=str(error).splitlines()[0])
    return None


class _Stop(Exception):
    """Nothing more can be made of the document; the problem has been told."""


class _Reading:
    def __init__(self, file: str, text: str, problems: Problems, first_line: int) -> None:
        self._file = file
        self._text = text
        self._problems = problems
        self._line = first_line
        self._nodes = 0
        self._events: Iterator[Event] = iter(())

    def document(self) -> Node | None:
        self._events = iter(yaml.parse(self._text, Loader=yaml.CSafeLoader))
        found: Node | None = None
        documents = 0
        for event in self._events:
            if not isinstance(event, DocumentStartEvent):
                continue
            documents += 1
            if documents > 1:
                self._problems.add(Code.YAML_SEVERAL_DOCUMENTS, self._mark(event))
                raise _Stop
            found = self._node(next(self._events), 1)
        if documents == 0:
            self._problems.add(Code.YAML_EMPTY, Mark(self._file, self._line))
        return found

    def place(self, error: yaml.MarkedYAMLError) -> Mark:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return Mark(self._file)
        return Mark(self._file, mark.line + self._line, mark.column + 1)

    def _mark(self, event: Event) -> Mark:
        start, _ = _span(event)
        return Mark(self._file, start.line + self._line, start.column + 1)

    def _node(self, event: Event, depth: int) -> Node:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._problems.add(Code.YAML_TOO_LARGE, self._mark(event), limit=str(MAX_NODES))
            raise _Stop
        if depth > MAX_DEPTH:
            self._problems.add(Code.YAML_TOO_DEEP, self._mark(event), limit=str(MAX_DEPTH))
            raise _Stop
        if isinstance(event, AliasEvent):
            self._problems.add(Code.YAML_ALIAS, self._mark(event), name=str(event.anchor))
            return Scalar(text="", mark=self._mark(event))
        self._refuse_marks(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, depth)
        return self._scalar(event)

    def _refuse_marks(self, event: Event) -> None:
        if not isinstance(event, ScalarEvent | SequenceStartEvent | MappingStartEvent):
            return
        if event.anchor is not None:
            self._problems.add(Code.YAML_ANCHOR, self._mark(event), name=event.anchor)
        if event.tag is not None:
            self._problems.add(Code.YAML_TAG, self._mark(event), name=event.tag)

    def _mapping(self, start: Event, depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        known: set[str] = set()
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar):
                self._problems.add(Code.YAML_KEY, key.mark)
            elif key.text == "<<":
                self._problems.add(Code.YAML_MERGE, key.mark)
            elif key.text in known:
                self._problems.add(Code.YAML_REPEATED_KEY, key.mark, name=key.text)
            else:
                known.add(key.text)
                entries.append((key, value))
        return Mapping(entries=tuple(entries), mark=self._mark(start))

    def _sequence(self, start: Event, depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(items=tuple(items), mark=self._mark(start))

    def _scalar(self, event: Event) -> Scalar:
        if not isinstance(event, ScalarEvent):
            raise TypeError(f"an event with no place in a document: {event!r}")
        mark = self._mark(event)
        start, end = _span(event)
        if event.style == "|":
            return self._block(event.value, mark, start)
        if event.style in ("'", '"'):
            inside = self._text[start.index + 1 : end.index - 1]
            return Scalar(text=event.value, mark=mark.moved(1), exact=inside == event.value)
        inside = self._text[start.index : end.index]
        exact = not event.style and inside.rstrip() == event.value
        return Scalar(text=event.value, mark=mark, exact=exact)

    def _block(self, text: str, mark: Mark, start: Place) -> Scalar:
        """A literal block keeps its lines; its text begins below the sign, indented."""
        line = start.line + 1
        rest = self._text[start.index :].split("\n", len(text.split("\n")) + 1)
        first = next((row for row in rest[1:] if row.strip()), "")
        indent = len(first) - len(first.lstrip(" "))
        exact = bool(rest[1:]) and rest[1].strip() != ""
        place = Mark(self._file, line + self._line, indent + 1) if exact else mark
        return Scalar(text=text, mark=place, exact=exact, indent=indent)


def _span(event: Event) -> tuple[Place, Place]:
    """Where an event begins and ends; the parser always says."""
    if event.start_mark is None or event.end_mark is None:
        raise TypeError(f"an event without a place: {event!r}")
    return event.start_mark, event.end_mark


def _detail(error: yaml.MarkedYAMLError) -> str:
    return str(error.problem or error.context or "")
