"""The matrix of responsibilities against the steps: one answers, and who does a step has it."""

from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.model import Procedure, Step
from ventanilla.core.definition.problems import Code, Problems


def check_duties(procedure: Procedure, places: Places, problems: Problems) -> None:
    """Tell steps for which nobody answers, or several, and who does one without having it."""
    matrix = procedure.document.responsibilities
    if not matrix:
        return
    for step in procedure.steps.values():
        roles = _doers(step)
        if not roles:
            continue
        answering = [one.role for one in matrix if step.name in one.accountable]
        if not answering:
            problems.add(Code.DUTY_OF_NOBODY, places.at("responsibilities"), name=step.name)
        elif len(answering) > 1:
            mark = places.at("responsibilities", answering[1])
            names = ", ".join(answering)
            problems.add(Code.DUTY_OF_SEVERAL, mark, name=step.name, names=names)
        having = {one.role for one in matrix if step.name in (*one.does, *one.accountable)}
        for role in sorted(roles - having):
            mark = places.step(step, "who")
            problems.add(Code.DUTY_OF_ANOTHER, mark, name=step.name, role=role)


def _doers(step: Step) -> frozenset[str]:
    """The roles that do or sign the step."""
    if step.approve is not None:
        return frozenset(who.role for who in step.approve.signers)
    return frozenset({step.who.role}) if step.who is not None else frozenset()
