"""Days that are not like the others: holidays, closures, half days and extra openings."""

from dataclasses import dataclass
from datetime import date
from enum import IntFlag, StrEnum

from ventanilla.core.businesstime.openings import Opening


class DayKind(StrEnum):
    """Why a day differs from its weekday."""

    HOLIDAY = "holiday"
    CLOSURE = "closure"
    HALF_DAY = "half day"
    EXTRA = "extra"


class Scope(StrEnum):
    """For whom the day differs."""

    NATIONAL = "national"
    REGION = "region"
    TOWN = "town"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """One day that differs, for whom, by which source and since when that is known.

    A half day is open only in ``openings``; an extra opening adds them to the usual ones; a
    holiday or closure has none. When several meet on a day, a closure wins over an extra opening,
    that over a holiday, and that over a half day.
    """

    day: date
    kind: DayKind
    name: str
    source: str = ""
    scope: Scope = Scope.NATIONAL
    openings: tuple[Opening, ...] = ()
    known_since: date | None = None


class Kinds(IntFlag):
    """The kinds that meet on one day, as a set small enough to be compared in a hot path."""

    NONE = 0
    HOLIDAY = 1
    CLOSURE = 2
    HALF_DAY = 4
    EXTRA = 8


KIND_FLAGS = {
    DayKind.HOLIDAY: Kinds.HOLIDAY,
    DayKind.CLOSURE: Kinds.CLOSURE,
    DayKind.HALF_DAY: Kinds.HALF_DAY,
    DayKind.EXTRA: Kinds.EXTRA,
}
