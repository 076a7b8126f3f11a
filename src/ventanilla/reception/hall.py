"""The reception of one office, as the pack in force declares it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ventanilla.catalog.published import current_pack
from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.model import Counter, Pack, Priority, Queue, Service
from ventanilla.identity.actor import Actor

_MINUTES: Final = {Unit.MINUTE: 1, Unit.HOUR: 60}


class NoReception(Exception):
    """The organisation has no such office, or its pack declares no lines there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """The lines, counters and head starts of one office."""

    organization: str
    office: str
    title: str
    zone: ZoneInfo
    queues: Mapping[str, Queue]
    counters: Mapping[str, Counter]
    priorities: Mapping[str, Priority]

    def today(self, now: datetime) -> date:
        """The day on the office's clock."""
        return now.astimezone(self.zone).date()

    def queue_of(self, service: str) -> Queue | None:
        """The line to which a service leads."""
        return next((one for one in self.queues.values() if service in one.services), None)

    def service(self, name: str) -> Service | None:
        """The service of that name."""
        queue = self.queue_of(name)
        return None if queue is None else queue.services[name]

    def service_title(self, name: str) -> str:
        """What a service is called; its name when the pack no longer has it."""
        service = self.service(name)
        return name if service is None else service.title

    def counter_title(self, name: str) -> str:
        """What a counter is called; its name when the pack no longer has it."""
        counter = self.counters.get(name)
        return name if counter is None else counter.title

    def called_by(self, actor: Actor, counter: str) -> tuple[str, ...]:
        """The lines from which the actor may call at that counter."""
        serves = self.counters[counter].serves if counter in self.counters else ()
        return tuple(name for name in serves if self.may_call(actor, name))

    def may_call(self, actor: Actor, queue: str) -> bool:
        """Whether the actor holds a role that calls from the line."""
        known = self.queues.get(queue)
        return known is not None and any(actor.has_role(role, self.office) for role in known.who)

    def ahead(self, priority: str) -> timedelta:
        """What a head start is worth; nothing when there is no such priority."""
        known = self.priorities.get(priority)
        return timedelta(0) if known is None else clock_time(known.ahead)

    @property
    def appointment_ahead(self) -> timedelta:
        """What an appointment is worth."""
        return max(
            (clock_time(one.ahead) for one in self._kept_for(appointments=True)),
            default=timedelta(0),
        )

    @property
    def offered(self) -> tuple[Priority, ...]:
        """The priorities that somebody may ask for."""
        return self._kept_for(appointments=False)

    def _kept_for(self, *, appointments: bool) -> tuple[Priority, ...]:
        return tuple(one for one in self.priorities.values() if one.appointment == appointments)


def hall_of(organization_id: int, office: str, now: datetime) -> Hall:
    """The reception of that office. Raises NoReception."""
    pack = current_pack(organization_id, now)
    if pack is None or office not in pack.offices:
        raise NoReception(office)
    return _hall(pack, office)


def halls_of(organization_id: int, now: datetime) -> tuple[Hall, ...]:
    """The receptions of an organisation, in the order of its offices."""
    pack = current_pack(organization_id, now)
    if pack is None:
        return ()
    return tuple(hall for office in pack.offices if (hall := _hall(pack, office)).queues)


def clock_time(span: Span) -> timedelta:
    """A span of minutes or hours as a length of time."""
    return timedelta(minutes=span.amount * _MINUTES[span.unit])


def _hall(pack: Pack, office: str) -> Hall:
    place = pack.offices[office]
    return Hall(
        organization=pack.organization.name,
        office=office,
        title=place.title,
        zone=ZoneInfo(pack.calendars[place.calendar].zone),
        queues={name: one for name, one in pack.queues.items() if office in one.offices},
        counters={name: one for name, one in pack.counters.items() if one.office == office},
        priorities=pack.priorities,
    )
