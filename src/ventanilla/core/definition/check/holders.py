"""Roles of offices: a task that falls to a role where nobody can hold it is never done."""

from collections.abc import Iterator

from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.model import Procedure, Who
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Code, Problems


def check_holders(procedure: Procedure, places: Places, problems: Problems) -> None:
    """Tell each role and office, found from data or where the case is, that do not go together."""
    doors = _doors(procedure)
    for who, mark in _whos(procedure, places):
        held = procedure.roles[who.role].offices or tuple(procedure.offices)
        if who.office is None:
            offices = doors if who.person is None else ()
        else:
            offices = tuple(sorted(who.office.type.values or ()))
        for office in offices:
            if office not in held:
                problems.add(Code.ROLE_NOT_AT_OFFICE, mark, role=who.role, office=office)


def _doors(procedure: Procedure) -> tuple[str, ...]:
    """The offices at which channels open cases of the procedure."""
    found = (one.office for one in procedure.channels.values() if one.opens == procedure.code)
    return tuple(dict.fromkeys(found))


def _whos(procedure: Procedure, places: Places) -> Iterator[tuple[Who, Mark]]:
    for step in procedure.steps.values():
        if step.approve is not None:
            for who in step.approve.signers:
                yield who, places.step(step, "approve", "by")
        elif step.who is not None:
            yield step.who, places.step(step, "who")
    for action in procedure.actions.values():
        if len(action.who) == 1:
            yield action.who[0], places.at("actions", action.name, "who")
