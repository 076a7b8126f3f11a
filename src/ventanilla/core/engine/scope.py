"""The names that conditions and texts see. Instants are shown in the office's own time."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from ventanilla.core.definition.expressions import Scope as ValueScope
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Checklist, Office, Procedure
from ventanilla.core.engine import checklists, clocks
from ventanilla.core.engine.clientele import agreement, party_value
from ventanilla.core.engine.commands import Performer
from ventanilla.core.engine.state import Outcome, State


class Scope(Mapping[str, Value]):
    """The values of one case at one instant; a name without a value is none."""

    def __init__(
        self, procedure: Procedure, state: State, now: datetime, by: Performer | None = None
    ) -> None:
        self._procedure = procedure
        self._state = state
        self._by = by
        self._at = now

    @cached_property
    def _zone(self) -> ZoneInfo:
        return zone_of(self._procedure, self._state.office)

    @property
    def _now(self) -> datetime:
        """Most conditions ask for no time, so the office's own is looked up when one does."""
        return self._at.astimezone(self._zone)

    def __getitem__(self, name: str) -> Value:
        if name in self._state.fields:
            return self._local(self._state.fields[name])
        family, dot, rest = name.partition(".")
        if not dot:
            return self._plain(name)
        reader = _FAMILIES.get(family)
        return self._local(reader(self, rest)) if reader else None

    @property
    def day(self) -> date:
        """The local date."""
        return self._now.date()

    def __iter__(self) -> Iterator[str]:
        return iter(self._state.fields)

    def __len__(self) -> int:
        return len(self._state.fields)

    def _plain(self, name: str) -> Value:
        match name:
            case "now":
                return self._now
            case "today":
                return self._now.date()
            case "channel":
                return self._state.channel
            case "result":
                return self._state.result
            case _:
                return None

    def _local(self, value: Value) -> Value:
        return value.astimezone(self._zone) if isinstance(value, datetime) else value

    def _party(self, name: str) -> Value:
        return party_value(self._procedure.party, self._state.party, name, self)

    def _agreement(self, name: str) -> Value:
        return agreement(self._state.party, name, self._now.date())

    def _case(self, name: str) -> Value:
        match name:
            case "number":
                return self._state.number
            case "subject":
                return self._state.subject
            case "opened_at":
                return self._state.opened_at
            case "result":
                return self._state.result
            case _:
                return None

    def _office(self, name: str) -> Value:
        office = self._procedure.offices.get(self._state.office)
        return _OFFICE[name](office) if office and name in _OFFICE else None

    def _agent(self, name: str) -> Value:
        match name:
            case "name":
                return self._by.name if self._by else None
            case "phone":
                return self._by.phone if self._by else None
            case "email":
                return self._by.email if self._by else None
            case _:
                return None

    def _sender(self, name: str) -> Value:
        sender = self._state.sender
        return {"name": sender.name, "email": sender.email, "phone": sender.phone}.get(name) or None

    def _entry(self, name: str) -> Value:
        """The code noted last, and the data its form asked."""
        if name == "code":
            return next(reversed([*self._state.noted]), None)
        return self._state.fields.get(name)

    def _appointment(self, name: str) -> Value:
        booking = self._state.bookings.get(name)
        return str(booking.status) if booking else None

    def _met(self, name: str) -> Value:
        settled = self._state.settled.get(name)
        return settled is not None and settled.outcome is Outcome.MET

    def _late(self, name: str) -> Value:
        running, settled = self._state.running.get(name), self._state.settled.get(name)
        return (running is not None and running.late) or (settled is not None and settled.late)

    def _running(self, name: str) -> Value:
        return name in self._state.running

    def _list(
        self, name: str, look: Callable[[Checklist, State, ValueScope], tuple[str, ...]]
    ) -> tuple[str, ...]:
        checklist = self._procedure.checklists.get(name)
        return look(checklist, self._state, self) if checklist is not None else ()

    def _noted(self, code: str) -> Value:
        return self._state.noted.get(code, 0)

    def _deadline(self, name: str) -> Value:
        name, _, which = name.partition(".")
        clock = self._state.running.get(name) or self._state.settled.get(name)
        if clock is None or not which:
            return clock.due_at if clock else None
        deadline = self._procedure.deadlines[name]
        return clocks.earliest(self._procedure, deadline, self._state.office, clock)


def zone_of(procedure: Procedure, office: str) -> ZoneInfo:
    """The time zone of an office of the procedure."""
    return ZoneInfo(procedure.calendars[procedure.offices[office].calendar].zone)


_OFFICE: Mapping[str, Callable[[Office], Value]] = {
    "title": lambda office: office.title,
    "address": lambda office: office.address,
    "region": lambda office: office.region,
    "phone": lambda office: office.phone,
    "email": lambda office: office.email,
    "hours_text": lambda office: office.hours_text,
}

_FAMILIES: Mapping[str, Callable[[Scope, str], Value]] = {
    "agreement": Scope._agreement,
    "party": Scope._party,
    "case": Scope._case,
    "office": Scope._office,
    "agent": Scope._agent,
    "sender": Scope._sender,
    "deadline": Scope._deadline,
    "entry": Scope._entry,
    "noted": Scope._noted,
    "appointment": Scope._appointment,
    "met": Scope._met,
    "late": Scope._late,
    "running": Scope._running,
    "complete": lambda scope, name: not scope._list(name, checklists.missing),
    "received": lambda scope, name: not scope._list(name, checklists.not_received),
    "missing": lambda scope, name: scope._list(name, checklists.missing),
    "observed": lambda scope, name: scope._list(name, checklists.observed),
}
