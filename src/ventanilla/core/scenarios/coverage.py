"""What a set of scenarios has reached of a procedure, and what none of them has."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ventanilla.core.definition.model import MAIN_TRACK, Branch, Procedure
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.state import Outcome as ClockOutcome
from ventanilla.core.scenarios.journal import Journal


class Part(StrEnum):
    """The kinds of things a scenario can reach."""

    STEP = "step"
    BRANCH = "branch"
    ROW = "row"
    DEADLINE = "deadline"
    MESSAGE = "message"
    ACTION = "action"
    TRACK = "track"
    SCHEDULE = "schedule"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A thing that can be reached.

    ``case`` is the target of a branch (``go STEP``, ``end RESULT``), the row of a table, or ``met``
    and ``late`` of a deadline.
    """

    part: Part
    name: str
    case: str = ""

    def __str__(self) -> str:
        return f"{self.part} {self.name}" + (f" → {self.case}" if self.case else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Of the procedure's places those reached, and those that no scenario has come to."""

    procedure: str
    reached: tuple[Place, ...]
    missed: tuple[Place, ...]

    @property
    def total(self) -> int:
        return len(self.reached) + len(self.missed)


def coverage(procedure: Procedure, journals: Iterable[Journal]) -> Coverage:
    """Measure a set of runs of one procedure."""
    all_places = tuple(dict.fromkeys(places(procedure)))
    seen = {place for journal in journals for place in reached(procedure, journal)}
    return Coverage(
        procedure=procedure.code,
        reached=tuple(place for place in all_places if place in seen),
        missed=tuple(place for place in all_places if place not in seen),
    )


def places(procedure: Procedure) -> Iterator[Place]:
    """Everything there is to reach, in the order of the document."""
    for step in procedure.steps.values():
        yield Place(part=Part.STEP, name=step.name)
        branches = step.next
        if step.wait is not None and step.wait.give_up is not None:
            branches = (*branches, step.wait.give_up.branch)
        if step.approve is not None:
            branches = (*branches, Branch(go=step.approve.back))
        for branch in branches:
            yield _branch(step.name, branch.go, branch.end)
    for table in procedure.tables.values():
        for row in table.rows:
            yield Place(part=Part.ROW, name=table.name, case=row.key)
    for deadline in procedure.deadlines.values():
        yield Place(part=Part.DEADLINE, name=deadline.name, case="met")
        yield Place(part=Part.DEADLINE, name=deadline.name, case="late")
    for part, names in (
        (Part.MESSAGE, procedure.messages),
        (Part.ACTION, procedure.actions),
        (Part.SCHEDULE, procedure.schedules),
    ):
        yield from (Place(part=part, name=name) for name in names)
    for track in procedure.tracks.values():
        if track.name != MAIN_TRACK:
            yield Place(part=Part.TRACK, name=track.name)


def reached(procedure: Procedure, journal: Journal) -> Iterator[Place]:
    """What one run has reached."""
    for entry in journal:
        left: dict[str, str] = {}
        for fact in entry.facts:
            yield from _branch_taken(procedure, left, fact)
            found = _REACHED.get(type(fact))
            if found is not None:
                yield from found(fact)


def _branch_taken(procedure: Procedure, left: dict[str, str], fact: f.Fact) -> Iterator[Place]:
    """The way from a step that ended to what its track came to next; ``left`` is by track."""
    match fact:
        case f.TrackEnded():
            source = left.pop(fact.track, None)
            if source is not None:
                yield _branch(source, None, fact.result)
        case f.StepEntered() | f.StepSkipped():
            track = procedure.steps[fact.step].track
            source = left.pop(track, None)
            if source is not None:
                yield _branch(source, fact.step, None)
            if isinstance(fact, f.StepSkipped):
                left[track] = fact.step
        case f.StepDone() | f.GivenUp() | f.SentBack():
            left[procedure.steps[fact.step].track] = fact.step
        case _:
            return


def _branch(step: str, go: str | None, end: str | None) -> Place:
    target = f"go {go}" if go is not None else f"end {end or ''}".rstrip()
    return Place(part=Part.BRANCH, name=step, case=target)


def _clock_ended(fact: f.DeadlineEnded) -> Iterator[Place]:
    if fact.outcome is ClockOutcome.MET:
        yield Place(part=Part.DEADLINE, name=fact.name, case="met")


_REACHED: Mapping[type[Any], Callable[[Any], Iterable[Place]]] = {
    f.StepEntered: lambda fact: (Place(part=Part.STEP, name=fact.step),),
    f.TableRead: lambda fact: (
        Place(part=Part.ROW, name=fact.table, case=row) for row in fact.rows
    ),
    f.DeadlineLate: lambda fact: (Place(part=Part.DEADLINE, name=fact.name, case="late"),),
    f.DeadlineEnded: _clock_ended,
    f.MessageOwed: lambda fact: (Place(part=Part.MESSAGE, name=fact.message),),
    f.ActionTaken: lambda fact: (Place(part=Part.ACTION, name=fact.action),),
    f.ScheduleFired: lambda fact: (Place(part=Part.SCHEDULE, name=fact.name),),
    f.TrackBegun: lambda fact: (Place(part=Part.TRACK, name=fact.track),),
}
