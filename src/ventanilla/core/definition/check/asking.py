"""Data asked for twice, and scripts that ask for data which the form does not have."""

from collections.abc import Iterable, Mapping

from ventanilla.core.definition.check.flow import Known
from ventanilla.core.definition.check.parts import set_fields
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.model import Ask, Procedure
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Code, Problems


def check_asking(
    procedure: Procedure, known: Mapping[str, Known], places: Places, problems: Problems
) -> None:
    """Tell what a person is asked again on every way, and what a script asks beside the form."""
    _check_twice(procedure, known, places, problems)
    for name, before in known.items():
        step = procedure.steps[name]
        asked = before.surely | {ask.field for ask in step.ask}
        _check_scripts(procedure, step.say, asked, places.step(step, "say"), problems)
    for name, action in procedure.actions.items():
        given = {ask.field for ask in action.ask}
        mark = places.at("actions", name, "say")
        _check_scripts(procedure, action.say, given, mark, problems)


def _check_twice(
    procedure: Procedure, known: Mapping[str, Known], places: Places, problems: Problems
) -> None:
    """Data that somebody must have given before, by no other way than being asked."""
    otherwise = set_fields(procedure) | _with_default(procedure)
    for name, before in known.items():
        step = procedure.steps[name]
        if step.approve is not None:
            continue
        for number, ask in enumerate(step.ask):
            if ask.field in before.surely - otherwise and _plainly(ask):
                mark = places.step(step, "ask", number)
                problems.add(Code.DATUM_ASKED_TWICE, mark, name=ask.field)


def _plainly(ask: Ask) -> bool:
    return ask.required and ask.condition is None


def _with_default(procedure: Procedure) -> frozenset[str]:
    return frozenset(name for name, field in procedure.fields.items() if field.default is not None)


def _check_scripts(
    procedure: Procedure,
    said: Iterable[str],
    asked: Iterable[str],
    mark: Mark,
    problems: Problems,
) -> None:
    there = frozenset(asked)
    for name in said:
        for field in procedure.scripts[name].asks:
            if field not in there:
                problems.add(Code.SCRIPT_ASKS_MORE, mark, name=name, field=field)
