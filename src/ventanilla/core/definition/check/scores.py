"""Questionnaires: every sum that answers can come to falls into one band, and only one."""

from decimal import Decimal

from ventanilla.core.definition.check.boxes import Part
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.expressions.wording import number_text
from ventanilla.core.definition.model import FieldType, Procedure, Questionnaire
from ventanilla.core.definition.problems import Code, Problems

MOST_SUMS = 20_000
"""A questionnaire that can come to more sums than these is not looked into."""


def check_scores(procedure: Procedure, places: Places, problems: Problems) -> None:
    scored = {step.score for step in procedure.steps.values()}
    for name, questionnaire in procedure.questionnaires.items():
        if name not in scored:
            problems.add(Code.UNUSED_QUESTIONNAIRE, places.at("questionnaires", name), name=name)
        _check_points(procedure, questionnaire, places, problems)
        if questionnaire.band is not None:
            _check_bands(questionnaire, sums(procedure, questionnaire), places, problems)


def _check_points(
    procedure: Procedure, questionnaire: Questionnaire, places: Places, problems: Problems
) -> None:
    """Tell halves of a point that a whole number cannot hold."""
    if procedure.fields[questionnaire.points].type is not FieldType.INTEGER:
        return
    for question in questionnaire.questions:
        for answer, points in question.points.items():
            if points != points.to_integral_value():
                path = ("questionnaires", questionnaire.name, "questions", question.field, answer)
                problems.add(Code.BAD_POINTS, places.at(*path), found=number_text(points))


def sums(procedure: Procedure, questionnaire: Questionnaire) -> tuple[Decimal, ...]:
    """Every sum that answers can come to, in order; none when they are too many."""
    found = {Decimal(0)}
    for question in questionnaire.questions:
        gains = {*question.points.values()}
        if procedure.fields[question.field].show_if is not None:
            gains.add(Decimal(0))
        found = {one + gain for one in found for gain in gains}
        if len(found) > MOST_SUMS:
            return ()
    return tuple(sorted(found))


def _check_bands(
    questionnaire: Questionnaire,
    reached: tuple[Decimal, ...],
    places: Places,
    problems: Problems,
) -> None:
    """Tell the first sum without a band, and the first in two; the rest follows from them."""
    mark = places.at("questionnaires", questionnaire.name, "bands")
    gap = overlap = False
    for points in reached:
        bands = [one.value for one in questionnaire.bands if Part("value", points).within(one.cell)]
        told = number_text(points)
        if not bands and not gap:
            gap = True
            problems.add(Code.BAND_GAP, mark, points=told)
        if len(bands) > 1 and not overlap:
            overlap = True
            first, second, *_ = bands
            problems.add(Code.BAND_OVERLAP, mark, points=told, first=first, second=second)
