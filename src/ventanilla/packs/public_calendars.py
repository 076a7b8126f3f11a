"""Calendars of Peru, Chile and Bolivia with their regions, from the ``holidays`` package.

The answers of the package are copied into a calendar with their source; deadlines are computed
from the calendar only, since a release of the package may correct years that are past.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from importlib.metadata import version

import holidays

from ventanilla.core.businesstime import (
    PLAIN,
    Calendar,
    CountingRule,
    DayKind,
    Opening,
    Scope,
    SpecialDay,
    parse_hours,
)
from ventanilla.packs.holiday_corrections import (
    Correction,
    is_no_holiday,
    missing_days,
    mondays_after,
)

YEARS = range(2019, 2031)
FIRST = date(YEARS.start, 1, 1)
LAST = date(YEARS.stop - 1, 12, 31)

OFFICE_HOURS = parse_hours("09:00-18:00")
MONDAY_TO_FRIDAY = range(5)

_REGIONS: Mapping[str, Sequence[str]] = {
    "PE": (),
    "CL": (
        *("AI", "AN", "AP", "AR", "AT", "BI", "CO", "LI"),
        *("LL", "LR", "MA", "ML", "NB", "RM", "TA", "VS"),
    ),
    "BO": tuple("BCHLNOPST"),
}

PUBLIC_CALENDARS: Sequence[str] = tuple(
    code
    for country, regions in _REGIONS.items()
    for code in (country, *(f"{country}-{region}" for region in regions))
)
"""Every country and region for which there is a calendar, as ISO 3166-2 writes it."""

_ZONES: Mapping[str, str] = {
    "PE": "America/Lima",
    "CL": "America/Santiago",
    "CL-AI": "America/Coyhaique",
    "CL-MA": "America/Punta_Arenas",
    "BO": "America/La_Paz",
}


class UnknownCalendar(LookupError):
    """There is no public calendar of that name; ``nearest`` may be what was meant."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.nearest = "".join(
            get_close_matches(code.upper()[:20], PUBLIC_CALENDARS, n=1, cutoff=0.8)
        )
        super().__init__(f"no public calendar {code!r}")


def public_calendar(
    code: str,
    *,
    hours: Mapping[int, Sequence[Opening]] | None = None,
    special: Iterable[SpecialDay] = (),
    rule: CountingRule = PLAIN,
    name: str = "",
) -> Calendar:
    """The calendar of a country or region, 2019 to 2030; raises UnknownCalendar.

    ``hours`` by weekday (Monday is 0; Monday to Friday from 9 to 18 if left out); ``special`` adds
    what only the office knows: closures, half days, extra openings, a town's holiday.
    """
    return Calendar.build(
        name=name or code,
        zone=zone_of(code),
        hours=dict.fromkeys(MONDAY_TO_FRIDAY, OFFICE_HOURS) if hours is None else hours,
        first=FIRST,
        last=LAST,
        special=(*public_holidays(code), *special),
        rule=rule,
    )


def zone_of(code: str) -> str:
    """The time zone of a country or region; raises UnknownCalendar."""
    if code not in PUBLIC_CALENDARS:
        raise UnknownCalendar(code)
    return _ZONES.get(code) or _ZONES[code[:2]]


@lru_cache(maxsize=len(PUBLIC_CALENDARS))
def public_holidays(code: str) -> tuple[SpecialDay, ...]:
    """The corrected holidays of a country or region, 2019 to 2030; raises UnknownCalendar."""
    if code not in PUBLIC_CALENDARS:
        raise UnknownCalendar(code)
    country, _, region = code.partition("-")
    national = _listed(country)
    days = [
        *_special(country, national, Scope.NATIONAL),
        *_added(missing_days(country, YEARS), Scope.NATIONAL),
    ]
    if region:
        own = {day: name for day, name in _listed(country, region).items() if day not in national}
        added = missing_days(code, YEARS)
        regional = {**own, **{one.day: one.name for one in added}}
        days += _special(code, own, Scope.REGION)
        days += _added((*added, *mondays_after(code, regional)), Scope.REGION)
    return tuple(sorted(days, key=lambda one: (one.day, one.scope, one.name)))


def _listed(country: str, region: str | None = None) -> dict[date, str]:
    found = holidays.country_holidays(country, subdiv=region, years=YEARS, language="es")
    return {day: name for day, name in found.items() if day.year in YEARS}


def _special(code: str, days: Mapping[date, str], scope: Scope) -> list[SpecialDay]:
    source = f"holidays {version('holidays')}"
    return [
        SpecialDay(day=day, kind=DayKind.HOLIDAY, name=name, source=source, scope=scope)
        for day, name in days.items()
        if not is_no_holiday(code, day, name)
    ]


def _added(corrections: Iterable[Correction], scope: Scope) -> list[SpecialDay]:
    return [
        SpecialDay(
            day=one.day,
            kind=DayKind.HOLIDAY,
            name=one.name,
            source=one.source,
            scope=scope,
            known_since=one.known_since,
        )
        for one in corrections
    ]
