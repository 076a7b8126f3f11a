"""Counting rules: named values that say how a term of days runs, each with the text it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from ventanilla.core.businesstime.days import Kinds

MONDAY_TO_FRIDAY = frozenset(range(5))
MONDAY_TO_SATURDAY = frozenset(range(6))


class Until(StrEnum):
    """Until which hour of its last day a term runs."""

    SAME_TIME = "same time"
    CLOSING = "closing"
    END_OF_DAY = "end of day"


class Roll(StrEnum):
    """Where a term ends whose last day is not a business day."""

    STAY = "stay"
    FORWARD = "forward"


class MonthEnd(StrEnum):
    """Where months end when the last month lacks the day on which they began."""

    LAST_DAY = "last day"
    NEXT_BUSINESS_DAY = "next business day"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingRule:
    """How days, weeks, months and business days are counted; minutes and hours know no rule."""

    name: str
    cites: tuple[str, ...] = ()
    weekdays: frozenset[int] | None = None
    """The business days (Monday is 0); None: the days on which the calendar opens."""
    excluded: Kinds = Kinds.NONE
    """The kinds of special day that are never business days."""
    counts_first_day: bool = False
    late_filing_next_day: bool = False
    """A start after the last closing, or on a closed day, is as if on the next business day."""
    business_until: Until = Until.CLOSING
    calendar_until: Until = Until.SAME_TIME
    roll: Roll = Roll.STAY
    half_day_rolls: bool = False
    """A term whose last day is a half day ends on the next business day instead."""
    month_end: MonthEnd = MonthEnd.LAST_DAY
    zero_rolls: bool = True
    """Zero business days on a closed day end on the next business day, not on that day."""

    def __post_init__(self) -> None:
        if self.business_until is Until.SAME_TIME:
            raise RuleError("business days end when the office closes or the day ends")
        moves = (
            self.roll is not Roll.STAY
            or self.month_end is not MonthEnd.LAST_DAY
            or self.half_day_rolls
            or self.late_filing_next_day
        )
        if moves and self.calendar_until is Until.SAME_TIME:
            raise RuleError("a term that moves to another day cannot keep its time of day")


class RuleError(ValueError):
    """The parts of a counting rule contradict each other."""


PLAIN = CountingRule(name="plain")

WHOLE_DAYS = replace(
    PLAIN, name="whole_days", business_until=Until.END_OF_DAY, calendar_until=Until.END_OF_DAY
)

OFFICE = replace(WHOLE_DAYS, name="office", business_until=Until.CLOSING, late_filing_next_day=True)

FIRST_DAY_COUNTS = replace(PLAIN, name="first_day_counts", counts_first_day=True)

PE_ADMINISTRATIVE = CountingRule(
    name="pe_administrative",
    cites=(
        "TUO Ley 27444 (D.S. 004-2019-JUS), art. 144",
        "TUO Ley 27444 (D.S. 004-2019-JUS), art. 145",
        "TUO Ley 27444 (D.S. 004-2019-JUS), art. 149",
    ),
    weekdays=MONDAY_TO_FRIDAY,
    excluded=Kinds.HOLIDAY | Kinds.CLOSURE,
    business_until=Until.CLOSING,
    calendar_until=Until.CLOSING,
    roll=Roll.FORWARD,
    half_day_rolls=True,
    month_end=MonthEnd.NEXT_BUSINESS_DAY,
)

CL_ADMINISTRATIVE = CountingRule(
    name="cl_administrative",
    cites=("Ley 19.880, art. 25", "Código Civil de Chile, art. 48"),
    weekdays=MONDAY_TO_FRIDAY,
    excluded=Kinds.HOLIDAY,
    business_until=Until.END_OF_DAY,
    calendar_until=Until.END_OF_DAY,
    roll=Roll.FORWARD,
)

CL_JUDICIAL = CountingRule(
    name="cl_judicial",
    cites=(
        "Código de Procedimiento Civil de Chile, arts. 59, 65 y 66",
        "Código Civil de Chile, arts. 48 y 50",
    ),
    weekdays=MONDAY_TO_SATURDAY,
    excluded=Kinds.HOLIDAY,
    business_until=Until.END_OF_DAY,
    calendar_until=Until.END_OF_DAY,
)

BO_ADMINISTRATIVE = CountingRule(
    name="bo_administrative",
    cites=("Ley 2341, arts. 19, 20 y 21",),
    weekdays=MONDAY_TO_FRIDAY,
    excluded=Kinds.HOLIDAY,
    business_until=Until.END_OF_DAY,
    calendar_until=Until.END_OF_DAY,
    roll=Roll.FORWARD,
)

RULES: Mapping[str, CountingRule] = {
    rule.name: rule
    for rule in (
        PLAIN,
        WHOLE_DAYS,
        OFFICE,
        FIRST_DAY_COUNTS,
        PE_ADMINISTRATIVE,
        CL_ADMINISTRATIVE,
        CL_JUDICIAL,
        BO_ADMINISTRATIVE,
    )
}
