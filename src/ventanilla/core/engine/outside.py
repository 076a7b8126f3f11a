"""What a case owes outside itself: questions and orders to systems, and cases of other procedures.

Nothing is asked or opened here: a fact says that it is owed, and a command tells what came of it.
"""

from collections.abc import Mapping

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import (
    Check,
    Connector,
    ConnectorKind,
    Opening,
    Procedure,
    Step,
    WaitFor,
)
from ventanilla.core.definition.values import decode, encode, well_typed
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.scope import Scope
from ventanilla.core.engine.state import State

PERSON = "person"
"""The source of an answer that a person gave in place of the system."""


def question(
    procedure: Procedure, state: State, step: Step, check: Check, visit: int, scope: Scope
) -> f.Asked | None:
    """What the connector of a step is asked; none when a datum for it is missing."""
    connector = procedure.connectors[check.connector]
    told = {name: expression.evaluate(scope) for name, expression in check.takes}
    if any(value is None for value in told.values()):
        return None
    given = {name: encode(connector.takes[name], value) for name, value in told.items()}
    return f.Asked(
        step=step.name,
        visit=visit,
        connector=connector.name,
        given=given,
        order=_order_key(state, connector, step, given),
    )


def _order_key(state: State, connector: Connector, step: Step, given: Mapping[str, object]) -> str:
    """By what an order of the case is known again: the same data of the same step, the same key."""
    if connector.kind is not ConnectorKind.ORDER:
        return ""
    before = state.orders.get(step.name)
    if before is not None and before.given == given:
        return before.key
    return f"{step.name}/{before.times + 1 if before is not None else 1}"


def stands(state: State, asked: f.Asked) -> bool:
    """Whether the same order has succeeded before, so that it must not be given again."""
    before = state.orders.get(asked.step)
    return bool(asked.order) and before is not None and before.done and before.key == asked.order


def told(connector: Connector, given: Mapping[str, object]) -> dict[str, Value]:
    """What a connector is told, as values."""
    return {name: decode(connector.takes[name], value) for name, value in given.items()}


def readable(connector: Connector, values: Mapping[str, Value]) -> bool:
    """Whether an answer has all that must come back, each datum of its type."""
    return all(
        well_typed(datum, values[name]) if values.get(name) is not None else not datum.required
        for name, datum in connector.gives.items()
    )


# --- cases of other procedures -------------------------------------------------------------------


def case_owed(state: State, opening: Opening, scope: Scope) -> f.CaseOwed:
    """A case of another procedure that is to be opened, with what it begins with."""
    before = sum(child.opening == opening.name for child in state.children.values())
    values = ((field, expression.evaluate(scope)) for field, expression in opening.values)
    return f.CaseOwed(
        key=f"{opening.name}#{before + 1}",
        opening=opening.name,
        procedure=opening.procedure,
        given={field.name: encode(field, value) for field, value in values if value is not None},
    )


def taken_back(
    procedure: Procedure, opening: Opening, result: str, values: Mapping[str, Value]
) -> dict[str, Value]:
    """What the fields of this case take from one that closed; what does not fit is left out."""
    found = {target: values.get(source) if source else result for target, source in opening.results}
    return {
        name: value
        for name, value in found.items()
        if value is None or well_typed(procedure.fields[name], value)
    }


def awaited_have_closed(state: State, step: Step) -> bool:
    """Whether every case for whose end the step waits has closed."""
    children = list(state.children.values())
    if step.open is not None:
        children = [one for one in children if one.opening == step.open.name][-1:]
    elif step.wait is not None and step.wait.of is not None:
        children = [one for one in children if one.procedure == step.wait.of]
    return all(child.closed for child in children)


def is_over(state: State, step: Step, scope: Scope) -> bool:
    """Whether what a step waits for within the case, or from cases it opened, has come about."""
    wait = step.wait
    if wait is None:
        return False
    if wait.until is WaitFor.CASE:
        return awaited_have_closed(state, step)
    return wait.until is WaitFor.DATA and wait.when is not None and wait.when.holds(scope)
