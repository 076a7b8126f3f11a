"""Steps that ask a connector, and whatever begins a case of another procedure."""

from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.compile import events, sections
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.shape import Form, as_scalar, open_form
from ventanilla.core.definition.compile.sources import Sibling
from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.expressions.types import accepts
from ventanilla.core.definition.model import Ask, Check, Connector, Field, Opening, Who
from ventanilla.core.definition.nodes import Mapping as MappingNode
from ventanilla.core.definition.nodes import Node, Scalar, Sequence
from ventanilla.core.definition.problems import Code, near
from ventanilla.core.definition.values import type_of

TRIES = 3
WITHIN = Span(amount=2, unit=Unit.MINUTE)
"""How often, and for how long, an outside system is asked if the author says nothing."""

RESULT = "result"
"""What stands for the result of a case that was opened, beside the names of its fields."""


# --- check -------------------------------------------------------------------------------------


def compile_check(form: Form, owner: str, names: Names) -> Check | None:
    """What a step asks: the connector alone, whose data have the names of fields, or in detail."""
    node = form.get("check")
    if isinstance(node, Scalar):
        node = MappingNode(
            entries=((Scalar(text="connector", mark=node.mark), node),), mark=node.mark
        )
    inner = open_form(node, names.problems, sections.CHECK)
    scalar = inner.scalar("connector") if inner is not None else None
    if inner is None or scalar is None:
        return None
    connectors = names.shared.connectors
    connector = connectors.get(names.resolve(scalar, connectors, Code.UNKNOWN_CONNECTOR))
    if connector is None:
        return None
    fallback = inner.get("fallback")
    who = events.compile_who(fallback, names, owner) if fallback is not None else None
    return Check(
        connector=connector.name,
        takes=_takes(inner, scalar, connector, names),
        into=_answers_into(inner, scalar, connector, names),
        fallback=who or Who(role=owner),
        tries=inner.integer("tries", TRIES, least=1, most=20),
        within=inner.span("within") or WITHIN,
    )


def _takes(
    form: Form, at: Scalar, connector: Connector, names: Names
) -> tuple[tuple[str, Expression], ...]:
    written = {}
    for key, node in form.entries("with"):
        if key.text not in connector.takes:
            names.resolve(key, connector.takes, Code.UNKNOWN_DATUM)
        written[key.text] = as_scalar(node, names.problems)
    found: list[tuple[str, Expression]] = []
    for name, datum in connector.takes.items():
        source = written.get(name)
        if source is None and name not in names.fields:
            names.problems.add(Code.CONNECTOR_NEEDS, at.mark, name=name, connector=connector.name)
            continue
        value = names.expression(source or Scalar(text=name, mark=at.mark), type_of(datum))
        if value is not None:
            found.append((name, value))
    return tuple(found)


def _answers_into(
    form: Form, at: Scalar, connector: Connector, names: Names
) -> tuple[tuple[str, str], ...]:
    """Where each datum that is given goes; without a word, to the field of its name."""
    if not form.has("into"):
        same = tuple(name for name in connector.gives if name in names.fields)
        if connector.gives and not same:
            names.problems.add(Code.ANSWERS_NOTHING, at.mark, name=connector.name)
        for name in same:
            _check_fit(connector.gives[name], names.fields[name], at, names)
        return tuple((name, name) for name in same)
    found: list[tuple[str, str]] = []
    for key, node in form.entries("into"):
        target = as_scalar(node, names.problems)
        given = connector.gives.get(names.resolve(key, connector.gives, Code.UNKNOWN_DATUM))
        field = names.fields.get(names.field(target)) if target is not None else None
        if given is None or field is None or target is None:
            continue
        _check_fit(given, field, target, names)
        found.append((given.name, field.name))
    return tuple(found)


def _check_fit(given: Field, field: Field, at: Scalar, names: Names) -> None:
    if not accepts(type_of(field), type_of(given)):
        names.problems.add(
            Code.ANSWER_OTHER_TYPE,
            at.mark,
            name=given.name,
            found=str(given.type),
            field=field.name,
            type=str(field.type),
        )


def questions_to_people(check: Check | None, names: Names) -> tuple[Ask, ...]:
    """What a person is asked when the connector does not answer: the same, in the case's words."""
    if check is None:
        return ()
    gives = names.shared.connectors[check.connector].gives
    return tuple(
        Ask(field=field, required=gives[name].required or names.fields[field].required)
        for name, field in check.into
    )


# --- open --------------------------------------------------------------------------------------


def compile_opening(form: Form, name: str, names: Names, *, step: bool = False) -> Opening | None:
    """A case of another procedure: its code alone, or with what it begins with and gives back."""
    node = form.get("open")
    if isinstance(node, Scalar):
        sibling = _sibling(node, names)
        return None if sibling is None else Opening(name=name, procedure=sibling.code)
    section = sections.OPEN_AND_WAIT if step else sections.OPEN
    inner = open_form(node, names.problems, section)
    scalar = inner.scalar("procedure") if inner is not None else None
    sibling = _sibling(scalar, names) if scalar is not None else None
    if inner is None or sibling is None:
        return None
    return Opening(
        name=name,
        procedure=sibling.code,
        values=_begins_with(inner, sibling, names),
        results=_comes_back(inner, sibling, names),
        wait=inner.boolean("wait"),
    )


def _sibling(scalar: Scalar, names: Names) -> Sibling | None:
    code = scalar.text.strip()
    found = names.siblings.get(code)
    if found is None and not names.some_unread:
        known = frozenset(names.siblings)
        names.problems.add(
            Code.UNKNOWN_PROCEDURE, scalar.mark, name=code[:60], near=near(code, known)
        )
    return found


def _begins_with(
    form: Form, sibling: Sibling, names: Names
) -> tuple[tuple[Field, Expression], ...]:
    found: list[tuple[Field, Expression]] = []
    for key, node in form.entries("with"):
        scalar = as_scalar(node, names.problems)
        field = sibling.fields.get(names.resolve(key, sibling.fields, Code.UNKNOWN_FIELD))
        value = names.expression(scalar, type_of(field)) if field is not None else None
        if field is not None and value is not None:
            found.append((field, value))
    return tuple(found)


def _comes_back(form: Form, sibling: Sibling, names: Names) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for key, node in form.entries("into"):
        target = names.fields.get(names.field(key))
        source = as_scalar(node, names.problems)
        if target is None or source is None:
            continue
        if source.text.strip() == RESULT and RESULT not in sibling.fields:
            found.append((target.name, ""))
            continue
        name = names.resolve(source, sibling.fields, Code.UNKNOWN_FIELD)
        if name in sibling.fields:
            _check_fit(sibling.fields[name], target, source, names)
            found.append((target.name, name))
    return tuple(found)


def opened_codes(node: Node | None) -> frozenset[str]:
    """Every procedure that an ``open`` anywhere below names."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Sequence):
            waiting.extend(one.items)
        if not isinstance(one, MappingNode):
            continue
        for key, value in one.entries:
            code = value.get("procedure") if isinstance(value, MappingNode) else value
            if key.text == "open" and isinstance(code, Scalar):
                found.add(code.text.strip())
            waiting.append(value)
    return frozenset(found)
