"""The times during which the clock of a term stands: waiting for somebody, or suspended by an act.

A third way to give more time, the extension of a term, is in ``extensions``: it does not stop
the clock.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ventanilla.core.businesstime.horizon import Because, Beyond


class PauseKind(StrEnum):
    """Why the clock stands."""

    WAITING = "waiting"
    SUSPENSION = "suspension"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The clock stands from ``begins`` (included) until ``ends`` (excluded; None: still)."""

    kind: PauseKind
    begins: datetime
    ends: datetime | None = None
    reason: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends < self.begins:
            raise ValueError("a pause ends before it begins")


Stop = tuple[int, int]

FOREVER = 1 << 80
"""Later than any instant or day."""


def stops(
    pauses: Iterable[Pause], start: int, measure: Callable[[datetime], int]
) -> Sequence[Stop]:
    """The pauses after ``start`` on a measure of time, in order, touching ones made one."""
    measured = sorted(
        (
            max(measure(pause.begins), start),
            FOREVER if pause.ends is None else max(measure(pause.ends), start),
        )
        for pause in pauses
    )
    joined: list[Stop] = []
    for begins, ends in measured:
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        elif begins < ends:
            joined.append((begins, ends))
    return joined


def carried_past(target: int, standing: Sequence[Stop]) -> int:
    """Where a target lands once the time during which the clock stood is added."""
    for begins, ends in standing:
        if target <= begins:
            break
        target += ends - begins
    return target


def running(target: int) -> int:
    """The target itself, unless the clock stands before it with no end (Beyond)."""
    if target >= FOREVER:
        raise Beyond(Because.CLOCK_STANDS)
    return target


def after_standing(at: int, standing: Sequence[Stop]) -> int:
    """Nothing falls due while the clock stands: such an instant moves to the end of the pause."""
    for begins, ends in standing:
        if begins < at < ends:
            return running(ends)
    return at
