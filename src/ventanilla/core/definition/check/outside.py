"""What leads out of a procedure: systems nobody asks, documents nobody wrote, endless openings."""

from collections.abc import Iterable, Iterator, Mapping

from ventanilla.core.definition.check.graph import RESTING
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.model import Event, EventKind, Opening, Pack, Procedure
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Code, Problems


def check_outside(
    pack: Pack, places: Mapping[str, Places], connectors: Mapping[str, Mark], problems: Problems
) -> None:
    """Tell what a pack leaves open towards other procedures and systems."""
    asked = {name for one in pack.procedures.values() for name in one.connectors}
    for name, mark in connectors.items():
        if name not in asked:
            problems.add(Code.UNUSED_CONNECTOR, mark, name=name)
    for code, procedure in pack.procedures.items():
        _check_related(pack, procedure, places[code], problems)
    _check_openings(pack, places, problems)


def given_by_others(code: str, procedures: Iterable[Procedure]) -> frozenset[str]:
    """The fields with which any of the procedures opens the one of that code."""
    return frozenset(
        field.name
        for procedure in procedures
        for opening in procedure.openings.values()
        if opening.procedure == code
        for field, _ in opening.values
    )


def _check_related(pack: Pack, procedure: Procedure, places: Places, problems: Problems) -> None:
    related = procedure.document.related
    for part, codes in (("inputs", related.inputs), ("outputs", related.outputs)):
        for code in codes:
            if code not in pack.procedures and code not in pack.references:
                mark = places.at("related", part)
                problems.add(Code.RELATED_UNDEFINED, mark, name=code)


def _check_openings(pack: Pack, places: Mapping[str, Places], problems: Problems) -> None:
    """Tell procedures that open themselves, directly or by others, with nobody in between."""
    at_once = {code: tuple(_opened_at_once(one)) for code, one in pack.procedures.items()}
    for code, openings in at_once.items():
        for opening in openings:
            circle = _way_back(at_once, opening.procedure, code)
            if circle:
                mark = _place(pack.procedures[code], opening, places[code])
                problems.add(Code.OPENS_ITSELF, mark, names=", ".join(circle))


def _opened_at_once(procedure: Procedure) -> Iterator[Opening]:
    """The cases that are begun before anybody has to do with the new case."""
    passed = _passed_at_once(procedure)
    happening = {Event(EventKind.OPENED)}
    for name in passed:
        opening = procedure.steps[name].open
        if opening is not None:
            yield opening
        happening |= {Event(EventKind.ENTERED, name), Event(EventKind.DONE, name)}
    for rule in procedure.rules:
        if rule.do.open is not None and rule.on.on in happening:
            yield rule.do.open


def _passed_at_once(procedure: Procedure) -> tuple[str, ...]:
    """The steps to which a new case may come without anybody."""
    opened = Event(EventKind.OPENED)
    waiting = [
        track.first
        for track in procedure.tracks.values()
        if any(trigger.on == opened for trigger in track.starts)
    ]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop()
        step = procedure.steps[name]
        if name in found or (step.kind in RESTING and step.skip_if is None):
            continue
        found[name] = None
        waiting += [branch.go for branch in step.next if branch.go is not None]
    return tuple(found)


def _way_back(at_once: Mapping[str, tuple[Opening, ...]], start: str, goal: str) -> tuple[str, ...]:
    """The procedures by which the one that is opened comes to open the other, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop()
        if way[-1] == goal:
            return (goal, *way)
        for opening in at_once.get(way[-1], ()):
            if opening.procedure not in seen:
                seen.add(opening.procedure)
                ways.append((*way, opening.procedure))
    return ()


def _place(procedure: Procedure, opening: Opening, places: Places) -> Mark:
    family, _, rest = opening.name.partition(".")
    if family == "rule":
        return places.at("rules", int(rest) - 1, "do", "open")
    return places.step(procedure.steps[opening.name], "open")
