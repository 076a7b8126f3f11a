"""``party`` and ``agreements`` of ``pack.yaml``: whom the office serves, and what is agreed."""

from collections.abc import Mapping
from dataclasses import replace

from ventanilla.core.definition.compile import sections_pack
from ventanilla.core.definition.compile.fields import compile_field
from ventanilla.core.definition.compile.shape import Form, as_scalar, is_name, open_form
from ventanilla.core.definition.compile.sources import Outside
from ventanilla.core.definition.expressions import Env, Expression, ExpressionProblem, Type
from ventanilla.core.definition.expressions import types as t
from ventanilla.core.definition.model import (
    ActivityKind,
    AgreementKind,
    ComputedState,
    Field,
    PartyModel,
    Role,
)
from ventanilla.core.definition.nodes import Mapping as MappingNode
from ventanilla.core.definition.nodes import Node, Scalar
from ventanilla.core.definition.problems import Code, Problems, near
from ventanilla.core.definition.values import type_of

OWN_NAMES: Mapping[str, Type] = {
    "known": t.BOOLEAN,
    "registered": t.BOOLEAN,
    "lifecycle": t.TEXT,
    "recorded_lifecycle": t.TEXT,
    "executive": t.PERSON,
    "activities": t.NUMBER,
    "activity": t.TEXT,
    "activities_this_year": t.NUMBER,
    "activities_last_year": t.NUMBER,
    "first_activity": t.DATE,
    "last_activity": t.DATE,
}
"""What a party has beside its attributes; no attribute may be called like one of them."""

_TALLIED = ("activities_this_year", "activities_last_year", "first_activity", "last_activity")
_OF_KIND: Mapping[str, Type] = {
    "this_year": t.NUMBER,
    "last_year": t.NUMBER,
    "first": t.DATE,
    "last": t.DATE,
}


def compile_party(form: Form, roles: Mapping[str, Role], outside: Outside) -> PartyModel:
    """Everything that ``pack.yaml`` says of parties."""
    inner = open_form(form.get("party"), form.problems, sections_pack.PARTY)
    if inner is None:
        model = PartyModel(attributes={}, lifecycle=(), registered=frozenset())
        return replace(model, agreements=_agreements(form, model, roles, outside))
    lifecycle, rules = _lifecycle(inner)
    model = PartyModel(
        attributes=_attributes(inner, outside),
        lifecycle=lifecycle,
        registered=_registered(inner, lifecycle),
        executive=_executive(inner, roles),
        activities=_activities(inner),
    )
    model = replace(model, computed=_computed(rules, model, form.problems))
    return replace(model, agreements=_agreements(form, model, roles, outside))


def party_types(model: PartyModel) -> dict[str, Type]:
    """The names by which expressions read a party; those of its state apart."""
    types: dict[str, Type] = {"party.known": t.BOOLEAN}
    types |= {f"party.{name}": type_of(one) for name, one in model.attributes.items()}
    if model.lifecycle:
        states = tuple((one, one) for one in model.lifecycle)
        types["party.recorded_lifecycle"] = t.choice_of(states)
    if model.executive is not None:
        types["party.executive"] = t.PERSON
    if model.activities:
        types |= {f"party.{name}": OWN_NAMES[name] for name in _TALLIED}
    for kind in model.activities:
        types |= {f"party.activities.{kind}.{name}": one for name, one in _OF_KIND.items()}
    return types


# --- attributes and states -----------------------------------------------------------------------


def _attributes(form: Form, outside: Outside) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for key, node in form.named("attributes"):
        if key.text in OWN_NAMES:
            form.problems.add(Code.RESERVED_NAME, key.mark, name=key.text)
            continue
        attribute = compile_field(
            key,
            node,
            form.problems,
            kinds=outside.identity_kinds,
            identity=outside.identity,
        )
        if attribute is not None:
            found[key.text] = attribute
    return found


def _lifecycle(form: Form) -> tuple[tuple[str, ...], tuple[Node, ...]]:
    """The states, and the rules that compute some of them."""
    written = form.get("lifecycle")
    if not isinstance(written, MappingNode):
        return tuple(one.text for one in form.scalars("lifecycle") if _state(one, form)), ()
    inner = open_form(written, form.problems, sections_pack.LIFECYCLE)
    if inner is None:
        return (), ()
    states = tuple(one.text for one in inner.scalars("states") if _state(one, form))
    return states, inner.items("computed")


def _state(scalar: Scalar, form: Form) -> bool:
    if is_name(scalar.text):
        return True
    form.problems.add(Code.BAD_NAME, scalar.mark, name=scalar.text[:40])
    return False


def _registered(form: Form, lifecycle: tuple[str, ...]) -> frozenset[str]:
    """The states that count as registered; when nothing is said, the last one."""
    if not form.has("registered"):
        return frozenset(lifecycle[-1:])
    for scalar in form.scalars("registered"):
        _known(scalar, lifecycle, Code.UNKNOWN_LIFECYCLE, form.problems)
    return frozenset(form.texts("registered"))


def _computed(
    rules: tuple[Node, ...], model: PartyModel, problems: Problems
) -> tuple[ComputedState, ...]:
    env = Env(types={**party_types(model), "today": t.DATE})
    found = []
    for node in rules:
        form = open_form(node, problems, sections_pack.COMPUTED)
        state, written = (form.scalar("state"), form.scalar("if")) if form else (None, None)
        if state is None or written is None:
            continue
        _known(state, model.lifecycle, Code.UNKNOWN_LIFECYCLE, problems)
        condition = _condition(written, env, problems)
        if condition is not None:
            found.append(ComputedState(state=state.text.strip(), condition=condition))
    return tuple(found)


def _condition(written: Scalar, env: Env, problems: Problems) -> Expression | None:
    found = env.compile(written.text.strip())
    if isinstance(found, ExpressionProblem):
        problems.add(found.code, written.at(found.offset), **found.params)
        return None
    if found.type != t.BOOLEAN:
        problems.add(
            Code.EXPRESSION_WRONG_TYPE,
            written.mark,
            expected=t.BOOLEAN.describe(),
            found=found.type.describe(),
        )
        return None
    return found


# --- whose it is, what it does, what is agreed ---------------------------------------------------


def _executive(form: Form, roles: Mapping[str, Role]) -> str | None:
    """The role of those to whom parties are entrusted."""
    scalar = form.scalar("executive")
    return None if scalar is None else _known(scalar, roles, Code.UNKNOWN_ROLE, form.problems)


def _activities(form: Form) -> dict[str, ActivityKind]:
    found: dict[str, ActivityKind] = {}
    for key, node in form.named("activities"):
        if isinstance(node, Scalar):
            title, counts = as_scalar(node, form.problems), True
            found[key.text] = ActivityKind(
                name=key.text, title=title.text.strip() if title else "", counts=counts
            )
            continue
        inner = open_form(node, form.problems, sections_pack.ACTIVITY)
        if inner is not None:
            found[key.text] = ActivityKind(
                name=key.text,
                title=inner.text("title"),
                counts=inner.boolean("counts", default=True),
            )
    return found


def _agreements(
    form: Form, model: PartyModel, roles: Mapping[str, Role], outside: Outside
) -> dict[str, AgreementKind]:
    found: dict[str, AgreementKind] = {}
    for key, node in form.named("agreements"):
        field = compile_field(
            key,
            node,
            form.problems,
            kinds=outside.identity_kinds,
            identity=outside.identity,
            section=sections_pack.AGREEMENT,
        )
        if field is None or not isinstance(node, MappingNode):
            continue
        written = Form(node=node, problems=form.problems).scalars("set_by")
        setters = tuple(_known(one, roles, Code.UNKNOWN_ROLE, form.problems) for one in written)
        default = () if model.executive is None else (model.executive,)
        found[key.text] = AgreementKind(field=field, set_by=setters or default)
    return found


def _known(
    scalar: Scalar,
    names: Mapping[str, object] | tuple[str, ...],
    code: Code,
    problems: Problems,
) -> str:
    name = scalar.text.strip()
    if name not in names:
        problems.add(code, scalar.mark, name=name[:60], near=near(name, names))
    return name
