"""The telephone of an organisation, as the pack in force declares it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ventanilla.catalog.published import current_pack
from ventanilla.core.businesstime import BeyondHorizon, Calendar, Span, Unit, due
from ventanilla.core.definition.model import MissedCall
from ventanilla.packs.contacts import Address, check_phone

CHANNEL: Final = "phone"
UNSAID: Final = MissedCall(within=Span(amount=1, unit=Unit.BUSINESS_DAY))
"""What holds for lost calls when a pack says nothing: the same or the next business day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephone:
    """The lines of an organisation and what it owes those whom nobody answered."""

    office: str
    numbers: tuple[str, ...]
    missed: MissedCall
    calendar: Calendar

    def due_at(self, lost_at: datetime) -> datetime | None:
        """Until when somebody calls back; None past the calendar's horizon."""
        limit = due(self.calendar, lost_at, self.missed.within)
        return None if isinstance(limit, BeyondHorizon) else limit


def telephone_of(organization_id: int, now: datetime) -> Telephone | None:
    """The telephone; None when the pack in force has no such channel."""
    pack = current_pack(organization_id, now)
    channel = pack.channels.get(CHANNEL) if pack is not None else None
    if pack is None or channel is None or channel.office not in pack.offices:
        return None
    office = pack.offices[channel.office]
    return Telephone(
        office=channel.office,
        numbers=channel.numbers,
        missed=channel.missed_call or UNSAID,
        calendar=pack.calendars[office.calendar],
    )


def spelt(number: str, country: str) -> str:
    """The number in E.164 where it can be understood, else as it came; a hidden one is empty."""
    told = number.strip()
    if told.casefold() in {"anonymous", "unknown", "private", "restricted", "unavailable"}:
        return ""
    checked = check_phone(told, country)
    return checked.value if isinstance(checked, Address) else told[:60]
