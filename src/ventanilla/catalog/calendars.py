"""Calendars as a release keeps them: copied when loaded, so that later corrections move nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ventanilla.core.businesstime import (
    RULES,
    Calendar,
    DayKind,
    Opening,
    Scope,
    SpecialDay,
    parse_hours,
)


def write_calendars(calendars: Mapping[str, Calendar]) -> dict[str, Any]:
    """The calendars as JSON values."""
    return {name: _write(calendar) for name, calendar in calendars.items()}


def read_calendars(written: Mapping[str, Any]) -> dict[str, Calendar]:
    """The calendars that were written."""
    return {name: _read(name, calendar) for name, calendar in written.items()}


def _write(calendar: Calendar) -> dict[str, Any]:
    return {
        "zone": calendar.zone,
        "rule": calendar.rule.name,
        "first": calendar.first.isoformat(),
        "last": calendar.last.isoformat(),
        "hours": [_write_openings(openings) for openings in calendar.hours],
        "special": [_write_day(day) for day in calendar.special],
    }


def _read(name: str, written: Mapping[str, Any]) -> Calendar:
    return Calendar.build(
        name=name,
        zone=written["zone"],
        rule=RULES[written["rule"]],
        first=date.fromisoformat(written["first"]),
        last=date.fromisoformat(written["last"]),
        hours={day: _read_openings(text) for day, text in enumerate(written["hours"])},
        special=[_read_day(day) for day in written["special"]],
    )


def _write_day(day: SpecialDay) -> list[str | None]:
    return [
        day.day.isoformat(),
        str(day.kind),
        day.name,
        day.source,
        str(day.scope),
        _write_openings(day.openings),
        day.known_since.isoformat() if day.known_since else None,
    ]


def _read_day(written: list[Any]) -> SpecialDay:
    day, kind, name, source, scope, openings, known_since = written
    return SpecialDay(
        day=date.fromisoformat(day),
        kind=DayKind(kind),
        name=name,
        source=source,
        scope=Scope(scope),
        openings=_read_openings(openings),
        known_since=date.fromisoformat(known_since) if known_since else None,
    )


def _write_openings(openings: tuple[Opening, ...]) -> str:
    return ",".join(str(opening) for opening in openings)


def _read_openings(text: str) -> tuple[Opening, ...]:
    return parse_hours(text) if text else ()
