"""What is not known is said, never guessed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Because(StrEnum):
    """Why an instant is not known."""

    CALENDAR_ENDS = "calendar ends"
    CLOCK_STANDS = "clock stands"


@dataclass(frozen=True, slots=True, kw_only=True)
class BeyondHorizon:
    """The answer is not known: the calendar says nothing there, or the clock stands with no end.

    ``first`` and ``last`` are the days of which the calendar knows.
    """

    first: date
    last: date
    because: Because = Because.CALENDAR_ENDS


class Beyond(Exception):
    """A count left what is known; it never leaves this package."""

    def __init__(self, because: Because = Because.CALENDAR_ENDS) -> None:
        self.because = because
        super().__init__(because)
