"""Calendars as JSON: kept as they were when a pack was loaded, whatever a library says later."""

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
)


def encode_calendars(calendars: Mapping[str, Calendar]) -> dict[str, Any]:
    """The calendars by name; `decode_calendars` gives them back."""
    return {name: _encode(calendar) for name, calendar in calendars.items()}


def decode_calendars(stored: Mapping[str, Any]) -> dict[str, Calendar]:
    """The calendars that `encode_calendars` wrote."""
    return {name: _decode(item) for name, item in stored.items()}


def _encode(calendar: Calendar) -> dict[str, Any]:
    return {
        "name": calendar.name,
        "zone": calendar.zone,
        "hours": [_encode_openings(openings) for openings in calendar.hours],
        "special": [
            {
                "day": day.day.isoformat(),
                "kind": day.kind.value,
                "name": day.name,
                "source": day.source,
                "scope": day.scope.value,
                "openings": _encode_openings(day.openings),
                "known_since": day.known_since.isoformat() if day.known_since else None,
            }
            for day in calendar.special
        ],
        "first": calendar.first.isoformat(),
        "last": calendar.last.isoformat(),
        "rule": calendar.rule.name,
        "version": calendar.version,
    }


def _decode(stored: Mapping[str, Any]) -> Calendar:
    return Calendar.build(
        name=stored["name"],
        zone=stored["zone"],
        hours={weekday: _decode_openings(item) for weekday, item in enumerate(stored["hours"])},
        special=[
            SpecialDay(
                day=date.fromisoformat(day["day"]),
                kind=DayKind(day["kind"]),
                name=day["name"],
                source=day["source"],
                scope=Scope(day["scope"]),
                openings=_decode_openings(day["openings"]),
                known_since=date.fromisoformat(day["known_since"]) if day["known_since"] else None,
            )
            for day in stored["special"]
        ],
        first=date.fromisoformat(stored["first"]),
        last=date.fromisoformat(stored["last"]),
        rule=RULES[stored["rule"]],
    )


def _encode_openings(openings: tuple[Opening, ...]) -> list[list[int]]:
    return [[opening.begins, opening.ends] for opening in openings]


def _decode_openings(stored: list[list[int]]) -> tuple[Opening, ...]:
    return tuple(Opening(begins=begins, ends=ends) for begins, ends in stored)
