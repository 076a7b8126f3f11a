"""How a call went, told by its events in whatever order they came. Pure.

A telephone system sends what it knows when it can: a hang-up may overtake the ringing. So a call
is never stepped from state to state: it is read anew from all its events, ordered by when they
happened. The same events give the same call, whatever the order of their coming.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Happening(StrEnum):
    """What an event of a call may be."""

    RINGING = "ringing"
    OPTION = "option"
    ANSWERED = "answered"
    HELD = "held"
    RESUMED = "resumed"
    LOST = "lost"
    HUNG_UP = "hung_up"


class Standing(StrEnum):
    """How a call stands."""

    RINGING = "ringing"
    ANSWERED = "answered"
    HELD = "held"
    ENDED = "ended"
    LOST = "lost"


_ORDER = {happening: position for position, happening in enumerate(Happening)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One event of a call. ``id`` tells it from every other of the same system."""

    id: str
    happening: Happening
    at: datetime
    caller: str = ""
    line: str = ""
    option: str = ""
    agent: str = ""
    """The sign-in address or the extension of whoever answered, if the system says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A while for which the caller waited on the line."""

    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A call as its events tell it."""

    standing: Standing
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    caller: str
    line: str
    option: str
    agent: str
    holds: tuple[Hold, ...]

    @property
    def held(self) -> timedelta:
        """How long the caller waited on the line, in the holds that are over."""
        lengths = (one.ended_at - one.began_at for one in self.holds if one.ended_at)
        return sum(lengths, timedelta(0))


def course_of(notices: Iterable[Notice]) -> Course:
    """The call of which these are the events; at least one."""
    ordered = sorted(notices, key=lambda one: (one.at, _ORDER[one.happening], one.id))
    answers = [one for one in ordered if one.happening is Happening.ANSWERED]
    ends = [one for one in ordered if one.happening in {Happening.HUNG_UP, Happening.LOST}]
    ended_at = ends[-1].at if ends else None
    holds = _holds(ordered, ended_at)
    return Course(
        standing=_standing(bool(answers), ended_at, holds),
        started_at=ordered[0].at,
        answered_at=answers[0].at if answers else None,
        ended_at=ended_at,
        caller=_first(one.caller for one in ordered),
        line=_first(one.line for one in ordered),
        option=_first(one.option for one in reversed(ordered)),
        agent=_first(one.agent for one in reversed(answers)),
        holds=holds,
    )


def _standing(is_answered: bool, ended_at: datetime | None, holds: tuple[Hold, ...]) -> Standing:
    if ended_at is not None:
        return Standing.ENDED if is_answered else Standing.LOST
    if not is_answered:
        return Standing.RINGING
    return Standing.HELD if holds and holds[-1].ended_at is None else Standing.ANSWERED


def _holds(ordered: list[Notice], ended_at: datetime | None) -> tuple[Hold, ...]:
    found: list[Hold] = []
    since: datetime | None = None
    for one in ordered:
        if one.happening is Happening.HELD and since is None:
            since = one.at
        elif one.happening is Happening.RESUMED and since is not None:
            found.append(Hold(began_at=since, ended_at=one.at))
            since = None
    if since is not None:
        over = ended_at if ended_at is None or ended_at >= since else since
        found.append(Hold(began_at=since, ended_at=over))
    return tuple(found)


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
