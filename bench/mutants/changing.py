"""Small changes to a procedure, one at a time, by what the declared words say stands there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from ventanilla.core.definition.compile.sections import PROCEDURE
from ventanilla.core.definition.compile.shapes import (
    Either,
    Named,
    Section,
    Shape,
    Some,
    Text,
    Wording,
)
from ventanilla.core.definition.nodes import Mapping, Mark, Node, Scalar, Sequence

Path = tuple[int, ...]
"""Which entry or item at each level leads to a node."""

_PAPER = "scope legal related signatures changes indicators definitions objective effective cites"
PAPER = frozenset(_PAPER.split())
"""Words of the controlled document, which people read and no case runs on."""

MEANT = frozenset({("step", "end"), ("branch", "end"), ("give_up", "end"), ("table", "rules")})
"""Texts that are no words for people."""

_SWAPS = (
    (" == ", " != "),
    (" != ", " == "),
    (" <= ", " > "),
    (" >= ", " < "),
    (" < ", " >= "),
    (" > ", " <= "),
    (" and ", " or "),
    (" or ", " and "),
    ("not ", ""),
    ("known(", "empty("),
    ("empty(", "known("),
)
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A procedure with one change: where, which word of which section, and what was done."""

    mark: Mark
    section: str
    word: str
    what: str
    node: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place where something can be changed: a node, or an entry or item that can be left out."""

    path: Path
    shape: Shape
    node: Node
    section: str
    word: str
    gone: bool = False


def mutants_of(procedure: Node, seed: str, count: int) -> list[Mutant]:
    """So many different mutants, the same for the same seed."""
    chance = Random(seed)
    every = [*_all(procedure, chance)]
    chance.shuffle(every)
    return every[:count]


def _all(procedure: Node, chance: Random) -> Iterator[Mutant]:
    sites = [*_sites(PROCEDURE, procedure, (), "", "")]
    pool = _pool(sites)
    for site in sites:
        for what, new in _changes(site, pool, chance):
            yield Mutant(
                mark=site.node.mark,
                section=site.section,
                word=site.word,
                what=what,
                node=_put(procedure, site.path, new),
            )


# --- where ---------------------------------------------------------------------------------------


def _sites(shape: Shape, node: Node, path: Path, section: str, word: str) -> Iterator[Site]:
    match shape, node:
        case Section(), Mapping():
            yield from _in_section(shape, node, path)
        case Named(of=of), Mapping(entries=entries):
            for index, (_, value) in enumerate(entries):
                yield from _sites(of, value, (*path, index), section, word)
        case Some(of=of), Sequence(items=items):
            for index, item in enumerate(items):
                yield Site(
                    path=(*path, index),
                    shape=of,
                    node=item,
                    section=section,
                    word=word,
                    gone=True,
                )
                yield from _sites(of, item, (*path, index), section, word)
        case Some(of=of), _:
            yield from _sites(of, node, path, section, word)
        case Either(shapes=shapes), _:
            found = next((one for one in shapes if _fits(one, node)), None)
            if found is not None:
                yield from _sites(found, node, path, section, word)
        case Text(), Scalar():
            yield Site(path=path, shape=shape, node=node, section=section, word=word)
        case _:
            return


def _in_section(section: Section, node: Mapping, path: Path) -> Iterator[Site]:
    for index, (key, value) in enumerate(node.entries):
        shape = section.words.get(key.text)
        if shape is None or key.text in PAPER or _is_for_people(section.name, key.text, shape):
            continue
        if key.text not in section.must:
            yield Site(
                path=(*path, index),
                shape=shape,
                node=value,
                section=section.name,
                word=key.text,
                gone=True,
            )
        yield from _sites(shape, value, (*path, index), section.name, key.text)


def _is_for_people(section: str, word: str, shape: Shape) -> bool:
    """Whether only the wording of something would change."""
    plain = isinstance(shape, Text) and shape.wording is Wording.TEXT and not shape.options
    return plain and (section, word) not in MEANT


def _fits(shape: Shape, node: Node) -> bool:
    match shape:
        case Section(must=must):
            return isinstance(node, Mapping) and all(node.get(word) for word in must)
        case Named():
            return isinstance(node, Mapping)
        case Some(of=of):
            return isinstance(node, Sequence) or _fits(of, node)
        case _:
            return isinstance(node, Scalar)


# --- what ----------------------------------------------------------------------------------------


def _pool(sites: list[Site]) -> dict[tuple[str, str], list[str]]:
    """The texts written for each word, to be put in place of one another."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for site in sites:
        if isinstance(site.node, Scalar) and not site.gone:
            found.setdefault((site.section, site.word), {})[site.node.text] = None
    return {key: [*texts] for key, texts in found.items()}


def _changes(
    site: Site, pool: dict[tuple[str, str], list[str]], chance: Random
) -> Iterator[tuple[str, Node | None]]:
    if site.gone:
        yield "left out", None
        return
    assert isinstance(site.node, Scalar)
    assert isinstance(site.shape, Text)
    text = site.node.text
    others = [one for one in pool.get((site.section, site.word), []) if one != text]
    if _is_for_people(site.section, site.word, site.shape):
        return
    for new in _texts(site.shape, text, others, chance):
        if new != text:
            yield f"{text[:40]} → {new[:40]}", replace(site.node, text=new)


def _texts(shape: Text, text: str, others: list[str], chance: Random) -> Iterator[str]:
    if shape.options:
        yield chance.choice([one for one in shape.options if one != text] or [text])
        return
    match shape.wording:
        case Wording.SPAN | Wording.INTEGER:
            yield _NUMBER.sub(lambda found: str(int(found[0]) * 2 + 1), text, count=1)
        case Wording.BOOLEAN:
            yield "false" if text.casefold() in {"true", "sí", "si", "yes"} else "true"
        case Wording.EXPRESSION:
            yield from _expressions(text, others, chance)
        case Wording.DATE | Wording.PARTIAL_DATE:
            return
        case _:
            if others:
                yield chance.choice(others)


def _expressions(text: str, others: list[str], chance: Random) -> Iterator[str]:
    swaps = [(old, new) for old, new in _SWAPS if old in text]
    if swaps:
        old, new = chance.choice(swaps)
        yield text.replace(old, new, 1)
    if _NUMBER.search(text):
        yield _NUMBER.sub(lambda found: str(int(found[0]) + 1), text, count=1)
    if others:
        yield chance.choice(others)


def _put(node: Node, path: Path, new: Node | None) -> Node:
    """The tree with another node at a path, or without it."""
    index, rest = path[0], path[1:]
    if isinstance(node, Mapping):
        entries = [*node.entries]
        key, value = entries[index]
        inner = _put(value, rest, new) if rest else new
        entries[index : index + 1] = [] if inner is None else [(key, inner)]
        return replace(node, entries=tuple(entries))
    assert isinstance(node, Sequence)
    items = [*node.items]
    inner = _put(items[index], rest, new) if rest else new
    items[index : index + 1] = [] if inner is None else [inner]
    return replace(node, items=tuple(items))
