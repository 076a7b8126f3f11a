"""Doors that are open while nobody holds the role that stands behind them."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from ventanilla.core.businesstime import BeyondHorizon, Calendar, next_opening, open_time
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.model import MAIN_TRACK, Channel, Pack, Procedure, Role, StepKind
from ventanilla.core.definition.problems import Code, Problems

IN_PERSON = frozenset({"phone", "desk"})
"""The doors at which whoever comes is attended at once."""

DAYS = 366


def check_hours(pack: Pack, places: Places, problems: Problems) -> None:
    """Tell doors at whose opening hours the first task of a case has nobody to do it."""
    for channel in pack.channels.values():
        procedure = pack.procedures.get(channel.opens or "")
        role = _first_role(pack, procedure) if procedure is not None else None
        if channel.name not in IN_PERSON or role is None or role.calendar is None:
            continue
        door, held = _calendar_of(pack, channel), pack.calendars[role.calendar]
        away = next(_away(door, held, procedure), None)
        if away is not None:
            problems.add(
                Code.ROLE_AWAY,
                places.at("channels", channel.name),
                name=channel.name,
                role=role.title,
                on=away.astimezone(door.timeline.zone).strftime("%Y-%m-%d %H:%M"),
            )


def _first_role(pack: Pack, procedure: Procedure) -> Role | None:
    """The role of the first task, if the case begins with one."""
    step = procedure.steps[procedure.tracks[MAIN_TRACK].first]
    if step.kind is not StepKind.TASK or step.who is None or step.who.person is not None:
        return None
    return pack.roles.get(step.who.role)


def _calendar_of(pack: Pack, channel: Channel) -> Calendar:
    return pack.calendars[pack.offices[channel.office].calendar]


def _away(door: Calendar, held: Calendar, procedure: Procedure | None) -> Iterator[datetime]:
    """Instants of a year at which the door opens and the role is not held until it closes."""
    first = max(door.first, held.first)
    if procedure is not None and procedure.effective is not None:
        first = max(first, procedure.effective)
    for number in range(DAYS):
        day = datetime.combine(first + timedelta(days=number), time.min, door.timeline.zone)
        begin, end = day.astimezone(UTC), (day + timedelta(days=1)).astimezone(UTC)
        opened, kept = open_time(door, begin, end), _both(door, held, begin, end)
        if isinstance(opened, BeyondHorizon) or kept is None:
            return
        if kept < opened:
            at = next_opening(door, begin)
            yield begin if isinstance(at, BeyondHorizon) else at


def _both(door: Calendar, held: Calendar, begin: datetime, end: datetime) -> timedelta | None:
    """How long door and role are open together, by quarters of an hour; None if it is not known."""
    together, at = timedelta(0), begin
    while at < end:
        opens = next_opening(door, at)
        if isinstance(opens, BeyondHorizon):
            return None
        if opens >= end:
            return together
        minute = opens + timedelta(minutes=15)
        shared = open_time(held, opens, minute)
        own = open_time(door, opens, minute)
        if isinstance(shared, BeyondHorizon) or isinstance(own, BeyondHorizon):
            return None
        together += min(shared, own)
        at = minute
    return together
