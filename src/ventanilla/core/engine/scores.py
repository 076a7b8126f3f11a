"""What the answers to a questionnaire come to."""

from dataclasses import dataclass
from decimal import Decimal

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Procedure, Question, Questionnaire
from ventanilla.core.engine.scope import Scope
from ventanilla.core.engine.tables import matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The points of all answers together; none while an answer is missing."""

    points: Decimal | None
    band: str | None


def score(procedure: Procedure, questionnaire: Questionnaire, scope: Scope) -> Score:
    """Sum the points of what was answered; a question that does not apply counts nothing."""
    total = Decimal(0)
    for question in questionnaire.questions:
        show_if = procedure.fields[question.field].show_if
        if show_if is not None and not show_if.holds(scope):
            continue
        gained = _points(question, scope[question.field])
        if gained is None:
            return Score(points=None, band=None)
        total += gained
    bands = (one.value for one in questionnaire.bands if matches(one.cell, total))
    return Score(points=total, band=next(bands, None))


def results(questionnaire: Questionnaire, found: Score) -> dict[str, Value]:
    """The values to write."""
    points: Value = found.points
    if found.points is not None and found.points == found.points.to_integral_value():
        points = int(found.points)
    values = {questionnaire.points: points}
    if questionnaire.band is not None:
        values[questionnaire.band] = found.band
    return values


def _points(question: Question, answer: Value) -> Decimal | None:
    if isinstance(answer, bool):
        return question.points.get("true" if answer else "false")
    return question.points.get(str(answer))
