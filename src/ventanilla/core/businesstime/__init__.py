"""Business time: calendars, counting rules, and when a span of service time is over."""

from ventanilla.core.businesstime.alarms import (
    After,
    AlarmOffset,
    AtShare,
    Before,
    alarm_instants,
    share_of,
)
from ventanilla.core.businesstime.asking import (
    is_open,
    local_date,
    local_time,
    next_opening,
    open_time,
)
from ventanilla.core.businesstime.backward import before
from ventanilla.core.businesstime.calendars import Calendar, CalendarError
from ventanilla.core.businesstime.changes import Move, OpenTerm, moved
from ventanilla.core.businesstime.counting import due
from ventanilla.core.businesstime.days import DayKind, Kinds, Scope, SpecialDay
from ventanilla.core.businesstime.elapsed import elapsed
from ventanilla.core.businesstime.explaining import explain
from ventanilla.core.businesstime.explanation import PARTS, Explanation, Line, Reason
from ventanilla.core.businesstime.extensions import (
    Extension,
    ExtensionLimit,
    ExtensionRefused,
    extended,
    extension_refused,
    joined,
)
from ventanilla.core.businesstime.horizon import Because, BeyondHorizon
from ventanilla.core.businesstime.openings import HoursError, Opening, parse_hours
from ventanilla.core.businesstime.pauses import Pause, PauseKind
from ventanilla.core.businesstime.rules import (
    PLAIN,
    RULES,
    CountingRule,
    MonthEnd,
    Roll,
    RuleError,
    Until,
)
from ventanilla.core.businesstime.spans import (
    LARGEST_AMOUNT,
    Span,
    SpanError,
    Unit,
    parse_span,
)

__all__ = [
    "LARGEST_AMOUNT",
    "PARTS",
    "PLAIN",
    "RULES",
    "After",
    "AlarmOffset",
    "AtShare",
    "Because",
    "Before",
    "BeyondHorizon",
    "Calendar",
    "CalendarError",
    "CountingRule",
    "DayKind",
    "Explanation",
    "Extension",
    "ExtensionLimit",
    "ExtensionRefused",
    "HoursError",
    "Kinds",
    "Line",
    "MonthEnd",
    "Move",
    "OpenTerm",
    "Opening",
    "Pause",
    "PauseKind",
    "Reason",
    "Roll",
    "RuleError",
    "Scope",
    "Span",
    "SpanError",
    "SpecialDay",
    "Unit",
    "Until",
    "alarm_instants",
    "before",
    "due",
    "elapsed",
    "explain",
    "extended",
    "extension_refused",
    "is_open",
    "joined",
    "local_date",
    "local_time",
    "moved",
    "next_opening",
    "open_time",
    "parse_hours",
    "parse_span",
    "share_of",
]
