"""Counting what is over: the inverse of ``due``."""

from collections.abc import Sequence
from datetime import datetime

from ventanilla.core.businesstime.calendars import Calendar
from ventanilla.core.businesstime.counting import due
from ventanilla.core.businesstime.horizon import BeyondHorizon
from ventanilla.core.businesstime.pauses import Pause
from ventanilla.core.businesstime.rules import CountingRule
from ventanilla.core.businesstime.spans import LARGEST_AMOUNT, Span, Unit


def elapsed(
    calendar: Calendar,
    start: datetime,
    end: datetime,
    unit: Unit,
    rule: CountingRule | None = None,
    *,
    pauses: Sequence[Pause] = (),
) -> int | BeyondHorizon:
    """How many whole units are over by ``end``: the most that ``due`` puts no later than it.

    Zero when not even one is; unknown when the start is.
    """

    def is_over(amount: int) -> bool:
        found = due(calendar, start, Span(amount=amount, unit=unit), rule, pauses=pauses)
        return not isinstance(found, BeyondHorizon) and found <= end

    first = due(calendar, start, Span(amount=0, unit=unit), rule, pauses=pauses)
    if isinstance(first, BeyondHorizon):
        return first
    over, ahead = 0, 1
    while ahead <= LARGEST_AMOUNT and is_over(ahead):
        over, ahead = ahead, ahead * 2
    ahead = min(ahead, LARGEST_AMOUNT + 1)
    while ahead - over > 1:
        middle = (over + ahead) // 2
        if is_over(middle):
            over = middle
        else:
            ahead = middle
    return over
