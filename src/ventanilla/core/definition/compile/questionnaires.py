"""Questionnaires: the points of each answer, and the bands that judge their sum."""

from decimal import Decimal, InvalidOperation

from ventanilla.core.definition.compile import sections
from ventanilla.core.definition.compile.names import Names
from ventanilla.core.definition.compile.shape import Form, as_scalar, entries_of, open_form
from ventanilla.core.definition.compile.tables import compile_cell
from ventanilla.core.definition.expressions import types as t
from ventanilla.core.definition.model import Band, Field, FieldType, Question, Questionnaire
from ventanilla.core.definition.nodes import Mapping, Node, Scalar
from ventanilla.core.definition.problems import Code, near

_ANSWERED = frozenset({FieldType.CHOICE, FieldType.BOOLEAN})
_COUNTED = frozenset({FieldType.INTEGER, FieldType.DECIMAL})
_BANDS = frozenset({FieldType.CHOICE})
MOST_POINTS = 1_000_000


def compile_questionnaire(key: Scalar, node: Node, names: Names) -> Questionnaire | None:
    form = open_form(node, names.problems, sections.QUESTIONNAIRE)
    if form is None:
        return None
    points = _field(form.scalar("points"), _COUNTED, names)
    band = _field(form.scalar("band"), _BANDS, names)
    found = (_question(name, answers, names) for name, answers in form.entries("questions"))
    questions = tuple(one for one in found if one is not None)
    if form.has("band") is not form.has("bands"):
        missing = "bands" if form.has("band") else "band"
        names.problems.add(Code.MISSING_KEY, form.mark, name=missing)
    if points is None:
        return None
    return Questionnaire(
        name=key.text,
        title=form.text("title") or key.text.replace("_", " ").capitalize(),
        questions=questions,
        points=points.name,
        band=band.name if band is not None else None,
        bands=_bands(form, band, names) if band is not None else (),
    )


def questions_of(node: Node) -> tuple[str, ...]:
    """The fields that a questionnaire asks, told before anything else is read."""
    written = node.get("questions") if isinstance(node, Mapping) else None
    return tuple(key.text for key, _ in written.entries) if isinstance(written, Mapping) else ()


def _field(scalar: Scalar | None, allowed: frozenset[FieldType], names: Names) -> Field | None:
    """A field of one of the types that serve here."""
    if scalar is None:
        return None
    field = names.fields.get(names.field(scalar))
    if field is None or field.type in allowed:
        return field
    names.problems.add(
        Code.QUESTION_TYPE,
        scalar.mark,
        name=field.name,
        type=str(field.type),
        expected=", ".join(sorted(allowed)),
    )
    return None


def _question(key: Scalar, node: Node, names: Names) -> Question | None:
    field = _field(key, _ANSWERED, names)
    if field is None:
        return None
    answers = _answers(field)
    points: dict[str, Decimal] = {}
    for answer, written in entries_of(node, names.problems):
        value = _points(as_scalar(written, names.problems), names)
        if answer.text not in answers:
            _tell_unknown(answer, answers, names)
        elif value is not None:
            points[answer.text] = value
    written_ones = {one.text for one, _ in entries_of(node, names.problems)}
    for missing in (one for one in answers if one not in written_ones):
        names.problems.add(Code.POINTS_MISSING, key.mark, name=field.name, answer=missing)
    return Question(field=field.name, points=points)


def _answers(field: Field) -> tuple[str, ...]:
    if field.type is FieldType.BOOLEAN:
        return ("true", "false")
    return tuple(option.value for option in field.options)


def _points(scalar: Scalar | None, names: Names) -> Decimal | None:
    if scalar is None:
        return None
    try:
        value = Decimal(scalar.text.strip()[:40])
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > MOST_POINTS:
        names.problems.add(Code.BAD_POINTS, scalar.mark, found=scalar.text[:40])
        return None
    return value


def _bands(form: Form, field: Field, names: Names) -> tuple[Band, ...]:
    values = tuple(option.value for option in field.options)
    found = []
    for key, node in form.entries("bands"):
        if key.text not in values:
            _tell_unknown(key, values, names)
        else:
            cell = compile_cell(node, t.NUMBER, names.problems)
            found.append(Band(value=key.text, cell=cell))
    return tuple(found)


def _tell_unknown(found: Scalar, known: tuple[str, ...], names: Names) -> None:
    names.problems.add(
        Code.EXPRESSION_UNKNOWN_VALUE,
        found.mark,
        value=found.text[:40],
        near=near(found.text, known),
        known=", ".join(known[:12]),
    )
