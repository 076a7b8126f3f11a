"""What the services of the telephone answer."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class CallNotFound(Exception):
    """The actor's organisation has no such call."""


class CallBackNotFound(Exception):
    """The actor's organisation owes no such call."""


class EventDiffers(Exception):
    """An event of the same name came before with other content."""


class Because(StrEnum):
    """Why nothing was done."""

    CLOSED = "closed"
    TOO_EARLY = "too_early"
    NO_TELEPHONE = "no_telephone"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    """Nothing changed. ``left`` is how many attempts are owed before giving up."""

    because: Because
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An event was taken in; it ``is_new`` when it had not come before."""

    call: UUID
    standing: str
    is_new: bool
