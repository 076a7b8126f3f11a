"""Texts of a procedure that its messages and scripts share, each put where it is named."""

from collections.abc import Mapping
from dataclasses import replace

from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.shape import Form, as_scalar
from ventanilla.core.definition.nodes import Scalar
from ventanilla.core.definition.problems import Code
from ventanilla.core.definition.texts import Text, fragments_in

_NOTHING = Text(source="", parts=())


def compile_fragments(form: Form, names: Names) -> dict[str, Text]:
    """Every fragment, those within others first; one that leads back to itself is told."""
    written: dict[str, Scalar] = {}
    for key, node in form.named("texts"):
        scalar = as_scalar(node, names.problems)
        if scalar is not None:
            written[key.text] = replace(scalar, text=scalar.text.rstrip("\n"))
    inside = {name: fragments_in(one.text) & written.keys() for name, one in written.items()}
    found: dict[str, Text] = {}
    for key, _ in form.named("texts"):
        if key.text in written and key.text in _reached(key.text, inside):
            names.problems.add(Code.TEXT_CIRCLE, key.mark, name=key.text)
            found[key.text] = _NOTHING
    waiting = [name for name in written if name not in found]
    while waiting:
        ready = [name for name in waiting if inside[name] <= found.keys()]
        for name in ready:
            found[name] = replace(names, fragments=found).text(written[name])
        waiting = [name for name in waiting if name not in found]
    return {name: found[name] for name in written}


def _reached(start: str, inside: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The fragments within a fragment, at any depth."""
    found: set[str] = set()
    waiting = [*inside[start]]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(inside[name])
    return frozenset(found)
