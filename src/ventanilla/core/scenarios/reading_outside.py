"""What a scenario says of systems outside, and of cases of other procedures."""

from collections.abc import Iterator, Mapping

from ventanilla.core.definition.compile.shape import Form, entries_of
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Connector, Field
from ventanilla.core.definition.nodes import Mark, Node, Scalar
from ventanilla.core.definition.problems import Code
from ventanilla.core.engine.answering import Found, Missing, Reply
from ventanilla.core.scenarios.context import Context, texts
from ventanilla.core.scenarios.model import (
    Answers,
    Aspect,
    ClosesOther,
    Expectation,
    ScenarioStep,
)
from ventanilla.core.scenarios.reading_party import word
from ventanilla.core.scenarios.sections import FAILS, SILENT, SOURCES


def read_replies(given: Form | None, context: Context) -> Mapping[str, Reply]:
    """What each connector that is named replies: an answer, ``fails``, or ``silent``."""
    connectors = context.pack.connectors
    found: dict[str, Reply] = {}
    for key, node in given.entries("connectors") if given is not None else ():
        name = context.known(Code.UNKNOWN_CONNECTOR, key, connectors)
        if name not in connectors:
            continue
        if isinstance(node, Scalar):
            fails = word(node, (FAILS, SILENT), context) == FAILS
            found[name] = Missing(reason="failed") if fails else None
        else:
            values = _data(node, connectors[name].gives, context)
            found[name] = Found(values=values, source="system")
    return found


def read_answer(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    checks = {
        name: step.check for name, step in context.procedure.steps.items() if step.check is not None
    }
    name = context.name(form, "answer", Code.UNKNOWN_STEP, checks)
    if name not in checks:
        return None
    connector: Connector = context.procedure.connectors[checks[name].connector]
    values = _data(form.get("with"), connector.gives, context)
    return Answers(mark=mark, step=name, values=values)


def read_close_other(form: Form, mark: Mark, context: Context) -> ScenarioStep | None:
    code = context.name(form, "close_other", Code.UNKNOWN_PROCEDURE, _opened(context))
    other = context.pack.procedures.get(code)
    if other is None:
        return None
    return ClosesOther(
        mark=mark,
        procedure=code,
        result=form.text("result"),
        values=_data(form.get("with"), other.fields, context),
    )


def read_opened(node: Node, context: Context) -> Iterator[Expectation]:
    for found in texts(node, context.problems):
        code = context.known(Code.UNKNOWN_PROCEDURE, found, _opened(context))
        yield Expectation(aspect=Aspect.OPENED, subject=code, wanted=True, mark=found.mark)


def read_answered(node: Node, context: Context) -> Iterator[Expectation]:
    """``{STEP: who answered}``."""
    checks = [name for name, step in context.procedure.steps.items() if step.check is not None]
    for key, value in entries_of(node, context.problems):
        step = context.known(Code.UNKNOWN_STEP, key, checks)
        source = word(value, SOURCES, context)
        yield Expectation(aspect=Aspect.ANSWERED_BY, subject=step, wanted=source, mark=key.mark)


def _opened(context: Context) -> tuple[str, ...]:
    return tuple({one.procedure: None for one in context.procedure.openings.values()})


def _data(node: Node | None, fields: Mapping[str, Field], context: Context) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for key, value in entries_of(node, context.problems):
        name = context.known(Code.UNKNOWN_DATUM, key, fields)
        if name in fields:
            found[name] = context.readable(fields[name], value)
    return found
