"""A calendar: a value with a zone, weekly hours, special days and a horizon."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ventanilla.core.businesstime.days import DayKind, SpecialDay
from ventanilla.core.businesstime.openings import Opening, in_order
from ventanilla.core.businesstime.rules import PLAIN, CountingRule
from ventanilla.core.businesstime.timeline import Timeline, unroll


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When an office works, between two days; beyond them it says nothing.

    Build it with ``Calendar.build``. ``version`` changes whenever an answer or its explanation may.
    """

    name: str
    zone: str
    hours: tuple[tuple[Opening, ...], ...]
    special: tuple[SpecialDay, ...]
    first: date
    last: date
    rule: CountingRule
    version: str
    timeline: Timeline = field(compare=False, repr=False)

    @classmethod
    def build(
        cls,
        *,
        name: str,
        zone: str,
        hours: Mapping[int, Sequence[Opening]],
        first: date,
        last: date,
        special: Iterable[SpecialDay] = (),
        rule: CountingRule = PLAIN,
    ) -> Self:
        """Unroll the weekly hours (Monday is 0) and special days; raises CalendarError."""
        if last < first:
            raise CalendarError("horizon_backwards", first=str(first), last=str(last))
        if not set(hours) <= set(range(7)):
            raise CalendarError("weekday_unknown", weekdays=str(sorted(hours)))
        week = tuple(in_order(tuple(hours.get(weekday, ()))) for weekday in range(7))
        days = tuple(sorted(set(special), key=_order))
        _check(days)
        return cls(
            name=name,
            zone=zone,
            hours=week,
            special=days,
            first=first,
            last=last,
            rule=rule,
            version=_version(zone, rule.name, week, days, first, last),
            timeline=unroll(zone=_zone(zone), hours=week, special=days, first=first, last=last),
        )

    def with_special(self, days: Iterable[SpecialDay]) -> "Calendar":
        """The same calendar with more special days: another version."""
        return self._rebuilt((*self.special, *days))

    def without_special(self, days: Iterable[SpecialDay]) -> "Calendar":
        """The same calendar without these special days: another version."""
        gone = set(days)
        return self._rebuilt(day for day in self.special if day not in gone)

    def as_known_on(self, day: date) -> "Calendar":
        """The calendar as it was on that day: special days known only later are left out."""
        return self._rebuilt(
            one for one in self.special if one.known_since is None or one.known_since <= day
        )

    def special_on(self, day: date) -> tuple[SpecialDay, ...]:
        """What is special about a day."""
        return tuple(one for one in self.special if one.day == day)

    def _rebuilt(self, special: Iterable[SpecialDay]) -> "Calendar":
        return Calendar.build(
            name=self.name,
            zone=self.zone,
            hours=dict(enumerate(self.hours)),
            first=self.first,
            last=self.last,
            special=special,
            rule=self.rule,
        )


class CalendarError(ValueError):
    """The parts do not make a calendar; ``code`` and ``params`` say why."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params: Mapping[str, str] = params
        super().__init__(f"not a calendar: {code} {dict(params)}")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise CalendarError("zone_unknown", zone=name[:80]) from None


def _check(days: Iterable[SpecialDay]) -> None:
    for one in days:
        open_kind = one.kind in (DayKind.HALF_DAY, DayKind.EXTRA)
        if open_kind != bool(one.openings):
            code = "openings_missing" if open_kind else "openings_on_closed_day"
            raise CalendarError(code, day=str(one.day), name=one.name)
        in_order(one.openings)


def _order(one: SpecialDay) -> tuple[str, str, str, str, str, str]:
    return (str(one.day), one.kind, one.scope, one.name, one.source, str(one.known_since))


def _version(
    zone: str,
    rule: str,
    week: Sequence[Sequence[Opening]],
    days: Iterable[SpecialDay],
    first: date,
    last: date,
) -> str:
    parts = [
        zone,
        rule,
        str(first),
        str(last),
        [[str(opening) for opening in day] for day in week],
        [[*_order(one), [str(opening) for opening in one.openings]] for one in days],
    ]
    written = json.dumps(parts, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:16]
