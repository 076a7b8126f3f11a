"""Which words of the language a file uses, by the sections that declare them."""

from collections.abc import Iterator

from ventanilla.core.definition.compile.shapes import (
    Either,
    Named,
    Section,
    Shape,
    Some,
    Text,
    sections_of,
)
from ventanilla.core.definition.nodes import Mapping, Node, Scalar, Sequence

Word = tuple[str, str]
"""A section and a word of it; or the texts to choose from, and one of them."""

_SAME = {"attribute": "field", "column": "field"}
"""Sections made of the words of another."""


def words_of(shape: Shape) -> frozenset[Word]:
    """Every word of every section within a shape, and every text to choose from."""
    found: set[Word] = set()
    for section in sections_of(shape).values():
        for word, of in section.words.items():
            found |= {(_called(section), word), *_choices(of)}
    return frozenset(found)


def _called(section: Section) -> str:
    """Sections with the same words by one name; so are the steps of scenarios, beside the verb."""
    return (
        "step of a scenario"
        if section.name[:5] == "step_"
        else _SAME.get(section.name) or section.name
    )


def _choices(shape: Shape) -> Iterator[Word]:
    match shape:
        case Text(options=options):
            yield from (("/".join(options), option) for option in options)
        case Named(of=of, keys=keys):
            yield from (("/".join(keys), key) for key in keys)
            yield from _choices(of)
        case Some(of=of):
            yield from _choices(of)
        case Either(shapes=shapes):
            for one in shapes:
                yield from _choices(one)
        case _:
            return


def words_used(shape: Shape, node: Node | None) -> Iterator[Word]:
    """The words that a node written in this shape uses."""
    match shape, node:
        case ((Section() | Named()), Mapping()):
            yield from _in_mapping(shape, node)
        case Some(of=of), Sequence(items=items):
            for item in items:
                yield from words_used(of, item)
        case Some(of=of), _:
            yield from words_used(of, node)
        case Either(shapes=shapes), _:
            for one in shapes:
                if _fits(one, node):
                    yield from words_used(one, node)
        case Text(options=options), Scalar(text=text) if text.strip() in options:
            yield "/".join(options), text.strip()
        case _:
            return


def _in_mapping(shape: Section | Named, node: Mapping) -> Iterator[Word]:
    for key, value in node.entries:
        if isinstance(shape, Named):
            if key.text in shape.keys:
                yield "/".join(shape.keys), key.text
            yield from words_used(shape.of, value)
        elif key.text in shape.words:
            yield _called(shape), key.text
            yield from words_used(shape.words[key.text], value)


def _fits(shape: Shape, node: Node | None) -> bool:
    match shape, node:
        case Section(must=must), Mapping():
            return all(node.get(word) is not None for word in must)
        case (Named(), Mapping()) | (Text(), Scalar()):
            return True
        case Some(of=of), _:
            return isinstance(node, Sequence) or _fits(of, node)
        case _:
            return False
