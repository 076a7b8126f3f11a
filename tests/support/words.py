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

Word = tuple[str, str, str]
"""A section, a word of it, and one of the texts to choose from, if it has such."""


def words_of(shape: Shape) -> frozenset[Word]:
    """Every word of every section within a shape."""
    found: set[Word] = set()
    for section in sections_of(shape).values():
        for word, of in section.words.items():
            found |= {(section.name, word, ""), *_choices(section.name, word, of)}
    return frozenset(found)


def _choices(section: str, word: str, shape: Shape) -> Iterator[Word]:
    match shape:
        case Text(options=options):
            yield from ((section, word, option) for option in options)
        case Named(of=of, keys=keys):
            yield from ((section, word, key) for key in keys)
            yield from _choices(section, word, of)
        case Some(of=of):
            yield from _choices(section, word, of)
        case Either(shapes=shapes):
            for one in shapes:
                yield from _choices(section, word, one)
        case _:
            return


def words_used(shape: Shape, node: Node | None, at: tuple[str, str] = ("", "")) -> Iterator[Word]:
    """The words that a node written in this shape uses."""
    match shape, node:
        case Section(name=name, words=words), Mapping(entries=entries):
            for key, value in entries:
                if key.text in words:
                    yield name, key.text, ""
                    yield from words_used(words[key.text], value, (name, key.text))
        case Named(of=of, keys=keys), Mapping(entries=entries):
            for key, value in entries:
                if key.text in keys:
                    yield *at, key.text
                yield from words_used(of, value, at)
        case Some(of=of), Sequence(items=items):
            for item in items:
                yield from words_used(of, item, at)
        case Some(of=of), _:
            yield from words_used(of, node, at)
        case Either(shapes=shapes), _:
            for one in shapes:
                if _fits(one, node):
                    yield from words_used(one, node, at)
        case Text(options=options), Scalar(text=text) if text.strip() in options:
            yield *at, text.strip()
        case _:
            return


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
