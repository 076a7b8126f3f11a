"""Which data are there when the case comes to a step: surely on every way, or perhaps on some."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ventanilla.core.definition.check.graph import Graph
from ventanilla.core.definition.check.parts import all_deeds
from ventanilla.core.definition.model import MAIN_TRACK, Procedure, Step

Set = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Fields with a value when a step is entered."""

    surely: Set
    perhaps: Set


def known_at(graph: Graph) -> Mapping[str, Known]:
    """What is known on entering each step that is reached."""
    procedure = graph.procedure
    defaults = frozenset(
        name for name, field in procedure.fields.items() if field.default is not None
    )
    anywhere = _anywhere(procedure)
    everything = anywhere.union(*(filled_at(procedure, step) for step in procedure.steps.values()))
    known: dict[str, Known] = {}
    for name, brought in _ways_in(procedure):
        perhaps = anywhere if brought is None else everything
        surely = defaults | (brought or frozenset())
        known[name] = _merge(known.get(name), surely, defaults | perhaps)
    waiting = list(known)
    while waiting:
        name = waiting.pop()
        step = procedure.steps[name]
        surely = known[name].surely | _surely(procedure, step)
        perhaps = known[name].perhaps | filled_at(procedure, step)
        for after in graph.after(name):
            merged = _merge(known.get(after), surely, perhaps)
            if merged != known.get(after):
                known[after] = merged
                waiting.append(after)
    return known


def _ways_in(procedure: Procedure) -> Iterator[tuple[str, Set | None]]:
    """Where a case can come to without a step before: with what surely, or None if it is new."""
    for track in procedure.tracks.values():
        yield track.first, None if track.name == MAIN_TRACK else frozenset()
    for action in procedure.actions.values():
        if action.go is not None:
            asked = {ask.field for ask in action.ask if ask.required and ask.condition is None}
            yield action.go, frozenset(asked)
    for deeds in all_deeds(procedure):
        if deeds.go is not None:
            yield deeds.go, frozenset()
    if procedure.reopen is not None:
        yield procedure.reopen, frozenset()


def _merge(before: Known | None, surely: Set, perhaps: Set) -> Known:
    if before is None:
        return Known(surely=surely, perhaps=perhaps)
    return Known(surely=before.surely & surely, perhaps=before.perhaps | perhaps)


def _surely(procedure: Procedure, step: Step) -> Set:
    """What is there after a step on every way through it."""
    if step.skip_if is not None:
        return frozenset()
    fields = procedure.fields
    found = {
        ask.field
        for ask in step.ask
        if ask.required and ask.condition is None and fields[ask.field].show_if is None
    }
    if step.decide is not None:
        table = procedure.tables[step.decide]
        for index, name in enumerate(table.outputs):
            if table.rows and all(row.outputs[index] is not None for row in table.rows):
                found.add(name)
    return frozenset(found)


def filled_at(procedure: Procedure, step: Step) -> Set:
    """What a step may fill, whoever does."""
    found = {ask.field for ask in step.ask}
    if step.decide is not None:
        found.update(procedure.tables[step.decide].outputs)
    if step.score is not None:
        questionnaire = procedure.questionnaires[step.score]
        found.update(one for one in (questionnaire.points, questionnaire.band) if one is not None)
    if step.wait is not None and step.wait.into is not None:
        found.add(step.wait.into)
    return frozenset(found)


def _anywhere(procedure: Procedure) -> Set:
    """What the public's form, actions and rules may write at any moment."""
    found: set[str] = set()
    if procedure.portal is not None:
        found.update(ask.field for ask in procedure.portal.ask)
    for action in procedure.actions.values():
        found.update(ask.field for ask in action.ask)
        found.update(name for name, _ in action.set)
        found.update(row.field for row in action.add)
    for deeds in all_deeds(procedure):
        found.update(name for name, _ in deeds.set)
        found.update(row.field for row in deeds.add)
    for opening in procedure.openings.values():
        found.update(name for name, _ in opening.results)
    return frozenset(found)


def written_fields(procedure: Procedure) -> Set:
    """Every field that something fills."""
    found = _anywhere(procedure).union(
        *(filled_at(procedure, step) for step in procedure.steps.values())
    )
    defaults = (name for name, field in procedure.fields.items() if field.default is not None)
    return found.union(defaults)
