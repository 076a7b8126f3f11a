"""What the services of the reception answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class TicketNotFound(Exception):
    """The actor's organisation has no such ticket."""


class VisitNotFound(Exception):
    """The actor's organisation has no such visit."""


class Because(StrEnum):
    """Why nothing was done. The interface has a sentence for each."""

    NO_COUNTER = "no_counter"
    COUNTER_TAKEN = "counter_taken"
    NOBODY_WAITS = "nobody_waits"
    IN_HAND = "in_hand"
    MOVED_ON = "moved_on"
    NOT_YOURS = "not_yours"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN_SERVICE = "unknown_service"
    TOO_MANY = "too_many"
    CREDENTIAL_OUT = "credential_out"
    NOT_OPENED = "not_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDone:
    """The deed was done, or had been done before by the very same form."""

    reference: UUID
    label: str
    status: str
    queue: str
    turn_at: datetime | None
    case: UUID | None = None
    case_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    """Nothing changed. ``label`` is the ticket that stands in the way, ``who`` holds it."""

    because: Because
    label: str = ""
    who: str = ""


Deed = TicketDone | NotDone
