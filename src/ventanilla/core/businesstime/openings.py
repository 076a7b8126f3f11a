"""The hours in which an office is open on one day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

MINUTES_A_DAY = 24 * 60

_INTERVAL = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Opening:
    """Open from ``begins`` (included) until ``ends`` (excluded), in minutes since midnight."""

    begins: int
    ends: int

    def __post_init__(self) -> None:
        if not 0 <= self.begins < self.ends <= MINUTES_A_DAY:
            raise HoursError("hours_backwards", text=str(self))

    def __str__(self) -> str:
        return f"{_clock(self.begins)}-{_clock(self.ends)}"


class HoursError(ValueError):
    """The words are not opening hours; ``code`` and ``params`` say why."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params: Mapping[str, str] = params
        super().__init__(f"not opening hours: {code} {dict(params)}")


def parse_hours(text: str) -> tuple[Opening, ...]:
    """Read ``09:00-13:00,14:00-18:00``; raises HoursError with a code.

    Codes: ``hours_unreadable``, ``hours_backwards`` (also for hours past 24:00),
    ``hours_overlap``.
    """
    return in_order([_opening(part) for part in text.split(",")])


def in_order(openings: Sequence[Opening]) -> tuple[Opening, ...]:
    """The openings by time, refusing two that overlap (HoursError ``hours_overlap``)."""
    ordered = sorted(openings)
    for earlier, later in pairwise(ordered):
        if later.begins < earlier.ends:
            raise HoursError("hours_overlap", text=f"{earlier}, {later}")
    return tuple(ordered)


def together(one: Sequence[Opening], other: Sequence[Opening]) -> tuple[Opening, ...]:
    """Open whenever one or the other is."""
    merged: list[Opening] = []
    for opening in sorted((*one, *other)):
        if not merged or merged[-1].ends < opening.begins:
            merged.append(opening)
            continue
        last = merged.pop()
        merged.append(Opening(begins=last.begins, ends=max(last.ends, opening.ends)))
    return tuple(merged)


def _opening(text: str) -> Opening:
    found = _INTERVAL.fullmatch(text.strip())
    if found is None:
        raise HoursError("hours_unreadable", text=text.strip()[:80])
    begin_hour, begin_minute, end_hour, end_minute = (int(part) for part in found.groups())
    if begin_minute > 59 or end_minute > 59:
        raise HoursError("hours_unreadable", text=text.strip()[:80])
    return Opening(begins=begin_hour * 60 + begin_minute, ends=end_hour * 60 + end_minute)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
