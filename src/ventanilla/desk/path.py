"""The way a case has gone through its procedure, where it stands, and what may lie ahead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ventanilla.core.definition.model import MAIN_TRACK, Procedure, Step, StepKind, Track
from ventanilla.core.engine.state import State, Status

PLACES = frozenset(
    {
        StepKind.TASK,
        StepKind.SEND,
        StepKind.WAIT,
        StepKind.APPROVE,
        StepKind.CHECK,
        StepKind.OPEN,
    }
)
"""Kinds of step that people notice; the others pass by themselves."""


class Place(StrEnum):
    DONE = "done"
    HERE = "here"
    NEXT = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A step that was completed: when, and by whom if it was a person."""

    step: str
    at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One place on the way."""

    title: str
    state: Place
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackPath:
    """The way of one track; the main one needs no title."""

    title: str
    stops: tuple[Stop, ...]
    later: tuple[str, ...]
    """The titles of places further on, through which it may yet pass."""


def path(procedure: Procedure, state: State, visits: Iterable[Visit]) -> tuple[TrackPath, ...]:
    """The way of every track that has begun, the main one first."""
    done = tuple(visits)
    begun = [track for track in procedure.tracks.values() if track.name in state.tracks]
    begun.sort(key=lambda track: track.name != MAIN_TRACK)
    return tuple(_track_path(procedure, state, track, done) for track in begun)


def _track_path(
    procedure: Procedure, state: State, track: Track, visits: tuple[Visit, ...]
) -> TrackPath:
    own = {name: step for name, step in procedure.steps.items() if step.track == track.name}
    behind = [
        Stop(title=own[visit.step].title, state=Place.DONE, at=visit.at, by=visit.by)
        for visit in visits
        if visit.step in own and own[visit.step].kind in PLACES
    ]
    standing = [active for active in state.active.values() if active.step in own]
    here = [
        Stop(title=own[active.step].title, state=Place.HERE, at=active.entered_at)
        for active in standing
    ]
    passed = {visit.step for visit in visits} | {active.step for active in standing}
    is_open = state.status is Status.OPEN
    near, far = _ahead(own, [active.step for active in standing]) if is_open else ([], [])
    following = [Stop(title=step.title, state=Place.NEXT) for step in near]
    return TrackPath(
        title="" if track.name == MAIN_TRACK else track.title,
        stops=(*behind, *here, *following),
        later=tuple(step.title for step in far if step.name not in passed),
    )


def _ahead(own: Mapping[str, Step], standing: list[str]) -> tuple[list[Step], list[Step]]:
    """The places that come next, and those that can be reached after them, as they are written."""
    near = _places_after(own, standing)
    far = _places_after(own, list(near), through=True) - near - set(standing)
    return (
        [step for name, step in own.items() if name in near],
        [step for name, step in own.items() if name in far],
    )


def _places_after(own: Mapping[str, Step], names: list[str], through: bool = False) -> set[str]:
    """The first places met after these steps; with ``through``, also those behind them."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [name for start in names if start in own for name in next_steps(own[start])]
    while waiting:
        name = waiting.pop()
        if name in seen or name not in own:
            continue
        seen.add(name)
        is_place = own[name].kind in PLACES
        if is_place:
            found.add(name)
        if through or not is_place:
            waiting += next_steps(own[name])
    return found


def next_steps(step: Step) -> list[str]:
    """The steps to which this one may lead: by a branch, by giving up, by being sent back."""
    branches = list(step.next)
    if step.wait is not None:
        branches += [step.wait.give_up.branch] if step.wait.give_up else []
    back = [step.approve.back] if step.approve is not None else []
    return [*(branch.go for branch in branches if branch.go is not None), *back]
