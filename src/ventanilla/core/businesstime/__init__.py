"""Business time: calendars, counting rules, and when a span of service time is over."""

from ventanilla.core.businesstime.asking import (
    is_open,
    local_date,
    local_time,
    next_opening,
    open_time,
)
from ventanilla.core.businesstime.backward import before
from ventanilla.core.businesstime.calendars import Calendar, CalendarError
from ventanilla.core.businesstime.counting import due
from ventanilla.core.businesstime.days import DayKind, Scope, SpecialDay
from ventanilla.core.businesstime.explaining import explain
from ventanilla.core.businesstime.explanation import Explanation, Line, Reason
from ventanilla.core.businesstime.horizon import Because, BeyondHorizon
from ventanilla.core.businesstime.openings import HoursError, Opening, parse_hours
from ventanilla.core.businesstime.pauses import Pause, PauseKind
from ventanilla.core.businesstime.rules import PLAIN, RULES, CountingRule
from ventanilla.core.businesstime.spans import Span, SpanError, Unit, parse_span

__all__ = [
    "PLAIN",
    "RULES",
    "Because",
    "BeyondHorizon",
    "Calendar",
    "CalendarError",
    "CountingRule",
    "DayKind",
    "Explanation",
    "HoursError",
    "Line",
    "Opening",
    "Pause",
    "PauseKind",
    "Reason",
    "Scope",
    "Span",
    "SpanError",
    "SpecialDay",
    "Unit",
    "before",
    "due",
    "explain",
    "is_open",
    "local_date",
    "local_time",
    "next_opening",
    "open_time",
    "parse_hours",
    "parse_span",
]
