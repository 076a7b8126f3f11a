"""What an explanation of a deadline is: lines that count or do not, and add up to the span."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ventanilla.core.businesstime.rules import CountingRule
from ventanilla.core.businesstime.spans import Span, Unit
from ventanilla.core.businesstime.zones import HOUR, MINUTE

PARTS: Mapping[Unit, int] = {
    Unit.MINUTE: MINUTE,
    Unit.HOUR: HOUR,
    Unit.BUSINESS_MINUTE: MINUTE,
    Unit.BUSINESS_HOUR: HOUR,
    Unit.DAY: 1,
    Unit.WEEK: 7,
    Unit.BUSINESS_DAY: 1,
    Unit.MONTH: 1,
    Unit.QUARTER: 3,
    Unit.YEAR: 12,
}
"""How many of the parts that lines count (microseconds, days, months) make one unit."""


class Reason(StrEnum):
    """Why a line of the count counts, or does not."""

    COUNTED = "counted"
    FIRST_DAY = "first day"
    """The day from which days are counted does not count itself."""
    HOLIDAY = "holiday"
    CLOSURE = "closure"
    NOT_BUSINESS = "not business"
    """A weekday without service."""
    HALF_DAY = "half day"
    """The term may not end on it."""
    WAITING = "waiting"
    SUSPENSION = "suspension"
    FILED_LATE = "filed late"
    """After closing, or on a closed day: as if filed on the next business day."""
    MONTH_LACKS_DAY = "month lacks day"
    """The last month has no day of that number."""
    ENDS_HERE = "ends here"
    """The day to which the end of the term moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A day, or an interval of one, and how much of the span it used up.

    ``amount`` is in microseconds for minutes and hours, in days for days and weeks, in months for
    longer units. ``name`` and ``source`` say which holiday, closure or act it was.
    """

    day: date
    begins: datetime
    ends: datetime
    counted: bool
    amount: int
    reason: Reason
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How a deadline came about: the counted lines add up to the span, the last ends when due."""

    calendar: str
    version: str
    zone: str
    start: datetime
    span: Span
    rule: CountingRule
    due: datetime
    lines: tuple[Line, ...]

    @property
    def counted(self) -> int:
        """What the lines add up to, in parts of the unit."""
        return sum(line.amount for line in self.lines)

    @property
    def promised(self) -> int:
        """What the span is, in parts of the unit."""
        return self.span.amount * PARTS[self.span.unit]
