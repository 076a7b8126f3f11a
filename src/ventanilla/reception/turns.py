"""When somebody counts as having come. The earliest is called first: nothing else decides a turn.

A head start is an amount of time, so whoever comes later than the longest one after you can never
be called before you. docs/explanation/waiting.md says it at length.
"""

from datetime import datetime, timedelta
from typing import Final

LATENESS_FORGIVEN: Final = timedelta(minutes=15)
"""How late one may come to an appointment without losing its head start."""


def turn_time(
    *,
    came_at: datetime,
    ahead: timedelta = timedelta(0),
    appointment_at: datetime | None = None,
    appointment_ahead: timedelta = timedelta(0),
) -> datetime:
    """The instant that decides a turn: never later than when the person came.

    An appointment counts from its hour, unless its person comes too late for it or the priority
    that they have anyway is worth more.
    """
    plain = came_at - ahead
    if appointment_at is None or came_at > appointment_at + LATENESS_FORGIVEN:
        return plain
    return min(plain, appointment_at - appointment_ahead)
