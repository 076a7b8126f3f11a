"""Which options of a choice a case can ever have, when no person chooses among them."""

from collections.abc import Iterator, Mapping

from ventanilla.core.definition.check.flow import filled_at
from ventanilla.core.definition.check.parts import all_asks, all_deeds
from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.expressions import tree as t
from ventanilla.core.definition.model import FieldType, Procedure


def possible_options(procedure: Procedure) -> Mapping[str, frozenset[str]]:
    """For choices that only tables, bands and constants fill: the options that these give."""
    found: dict[str, frozenset[str]] = {}
    for name, field in procedure.fields.items():
        if field.type is not FieldType.CHOICE or _is_chosen(procedure, name):
            continue
        given = _given(procedure, name)
        if given:
            found[name] = given
    return found


def _is_chosen(procedure: Procedure, name: str) -> bool:
    """Whether a person, or whoever else, may give any of the options."""
    if any(ask.field == name for ask in all_asks(procedure)):
        return True
    return any(
        name in filled_at(procedure, step)
        for step in procedure.steps.values()
        if step.decide is None and step.score is None
    )


def _given(procedure: Procedure, name: str) -> frozenset[str] | None:
    """Everything that is ever put into a field; None when it cannot be told."""
    default = procedure.fields[name].default
    found: set[str] = {default} if isinstance(default, str) else set()
    for value in _assigned(procedure, name):
        if not isinstance(value.tree, t.Constant) or not isinstance(value.tree.value, str):
            return None
        found.add(value.tree.value)
    for table in procedure.tables.values():
        if name in table.outputs:
            index = table.outputs.index(name)
            outputs = (row.outputs[index] for row in table.rows)
            found.update(one for one in outputs if isinstance(one, str))
    for questionnaire in procedure.questionnaires.values():
        if questionnaire.band == name:
            found.update(band.value for band in questionnaire.bands)
    return frozenset(found)


def _assigned(procedure: Procedure, name: str) -> Iterator[Expression]:
    for action in procedure.actions.values():
        yield from (value for field, value in action.set if field == name)
    for deeds in all_deeds(procedure):
        yield from (value for field, value in deeds.set if field == name)
