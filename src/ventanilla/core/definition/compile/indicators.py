"""Indicators: what counts among closed cases, over which of them, and how it is judged."""

from dataclasses import replace

from ventanilla.core.businesstime import Span
from ventanilla.core.definition.compile import sections
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.shape import Form, as_scalar, as_span, open_form
from ventanilla.core.definition.compile.tables import compile_cell
from ventanilla.core.definition.expressions import Env
from ventanilla.core.definition.expressions import types as t
from ventanilla.core.definition.model import Band, Indicator
from ventanilla.core.definition.nodes import Node, Scalar
from ventanilla.core.definition.problems import Code


def compile_indicator(key: Scalar, node: Node, names: Names) -> Indicator | None:
    """``count`` a condition or ``average`` a number, ``over`` all cases or those of a condition."""
    form = open_form(node, names.problems, sections.INDICATOR)
    if form is None:
        return None
    if form.has("count") is form.has("average"):
        missing = Code.GO_AND_END if form.has("count") else Code.MISSING_KEY
        names.problems.add(missing, form.mark, name="count")
        return None
    names = with_result(names)
    over = form.scalar("over")
    everything = over is None or over.text.strip() in {"", "all"}
    who = form.scalar("who")
    return Indicator(
        name=key.text,
        title=form.text("title") or key.text.replace("_", " ").capitalize(),
        count=names.condition(form.scalar("count")),
        average=names.expression(form.scalar("average"), t.NUMBER),
        over=None if everything else names.condition(over),
        targets=_bands(form, names),
        every=_every(form, names),
        who=names.role(who) if who is not None else "",
        source=form.text("source"),
    )


def with_result(names: Names) -> Names:
    """The names that an indicator sees: ``result`` alone is that of the case."""
    env = names.conditions
    types = {"result": env.types["case.result"], **env.types}
    found = Env(types=types, catalogues=env.catalogues, asked=env.asked)
    return replace(names, conditions=found)


def _every(form: Form, names: Names) -> Span | None:
    """How often it is looked at: ``month``, or ``6 months``."""
    scalar = form.scalar("every")
    if scalar is None:
        return None
    text = scalar.text.strip()
    whole = text if " " in text else f"1 {text}"
    return as_span(Scalar(text=whole, mark=scalar.mark), names.problems)


def _bands(form: Form, names: Names) -> tuple[Band, ...]:
    """The bands, whose bounds may be written with ``%``."""
    found = []
    for key, node in form.entries("target"):
        scalar = as_scalar(node, names.problems)
        if scalar is None:
            continue
        plain = Scalar(text=scalar.text.replace("%", ""), mark=scalar.mark)
        found.append(Band(value=key.text, cell=compile_cell(plain, t.NUMBER, names.problems)))
    return tuple(found)
