"""What is written to the party: attributes, its state, whose it is, and what it took part in."""

from dataclasses import replace

from ventanilla.core.definition.compile import sections
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.shape import Form, as_scalar, open_form
from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.expressions import types as t
from ventanilla.core.definition.model import Record, RecordActivity
from ventanilla.core.definition.nodes import Node, Scalar
from ventanilla.core.definition.problems import Code
from ventanilla.core.definition.values import type_of


def compile_record(form: Form, names: Names) -> Record | None:
    """Attributes by name, beside ``lifecycle``, ``executive``, ``activity`` and ``if``."""
    if not form.has("record"):
        return None
    party = names.shared.party
    record = Record()
    for key, node in form.entries("record"):
        if key.text == "activity" and party.activities:
            record = replace(record, activity=_activity(node, names))
            continue
        scalar = as_scalar(node, form.problems)
        if scalar is None:
            continue
        match key.text:
            case "if":
                record = replace(record, condition=names.condition(scalar))
            case "lifecycle":
                states = frozenset(party.lifecycle)
                state = names.resolve(scalar, states, Code.UNKNOWN_LIFECYCLE)
                record = replace(record, lifecycle=state)
            case "executive" if party.executive is not None:
                record = replace(record, executive=names.expression(scalar, t.PERSON))
            case _:
                written = _attribute(key, scalar, names)
                record = replace(record, attributes=(*record.attributes, *written))
    return record


def _attribute(key: Scalar, scalar: Scalar, names: Names) -> tuple[tuple[str, Expression], ...]:
    attributes = names.shared.party.attributes
    attribute = attributes.get(key.text)
    if attribute is None:
        names.resolve(key, attributes, Code.UNKNOWN_ATTRIBUTE)
        return ()
    value = names.expression(scalar, type_of(attribute))
    return () if value is None else ((key.text, value),)


def _activity(node: Node, names: Names) -> RecordActivity | None:
    """A kind of activity alone, or with the day on which it was."""
    inner = None
    if not isinstance(node, Scalar):
        inner = open_form(node, names.problems, sections.ACTIVITY_OF)
    kind = node if isinstance(node, Scalar) else inner.scalar("kind") if inner else None
    if kind is None:
        return None
    known = frozenset(names.shared.party.activities)
    return RecordActivity(
        kind=names.resolve(kind, known, Code.UNKNOWN_ACTIVITY),
        on=names.expression(inner.scalar("on"), t.DATE) if inner is not None else None,
    )
