"""Conditions that decide nothing, because they always hold or never do."""

from collections.abc import Iterator

from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.check.truth import cases_of
from ventanilla.core.definition.expressions import Env, Expression
from ventanilla.core.definition.model import Procedure
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Code, Problems


def check_conditions(procedure: Procedure, env: Env, places: Places, problems: Problems) -> None:
    for condition, mark in _conditions(procedure, places):
        if _is_constant(condition, env):
            problems.add(Code.CONDITION_CONSTANT, mark)


def _is_constant(condition: Expression, env: Env) -> bool:
    cases = cases_of((condition.tree,), env)
    if not cases.countable:
        return False
    answers = {cases.holds(condition.tree, case) for case in cases}
    return len(answers) == 1


def _conditions(procedure: Procedure, places: Places) -> Iterator[tuple[Expression, Mark]]:
    """Every condition but those of branches, which are judged together."""
    yield from _of_steps(procedure, places)
    for name, field in procedure.fields.items():
        if field.show_if is not None:
            yield field.show_if, places.at("fields", name, "show_if")
    for name, action in procedure.actions.items():
        if action.condition is not None:
            yield action.condition, places.at("actions", name, "if")
        for number, requirement in enumerate(action.requires):
            yield requirement.condition, places.at("actions", name, "requires", number)
    for name, script in procedure.scripts.items():
        if script.condition is not None:
            yield script.condition, places.at("scripts", name, "if")
    for number, rule in enumerate(procedure.rules):
        if rule.on.condition is not None:
            yield rule.on.condition, places.at("rules", number, "if")


def _of_steps(procedure: Procedure, places: Places) -> Iterator[tuple[Expression, Mark]]:
    for step in procedure.steps.values():
        if step.skip_if is not None:
            yield step.skip_if, places.step(step, "skip_if")
        for number, ask in enumerate(step.ask):
            for condition in (ask.condition, ask.required_if):
                if condition is not None:
                    yield condition, places.step(step, "ask", number)
        for number, requirement in enumerate(step.requires):
            yield requirement.condition, places.step(step, "requires", number)
