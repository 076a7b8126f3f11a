"""Where the ``holidays`` package errs for our countries, each with its source.

The package's answers are corrected between 2019 and 2030; ``docs/reference/time.md`` tells the
same as a table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SUNDAY = 6

DS_5019 = "Bolivia, D.S. 5019 de 13-09-2023, art. 3"
DS_5328 = "Bolivia, D.S. 5328 de 05-02-2025"
DS_1484 = "Bolivia, D.S. 1484 de 06-02-2013 (10 de febrero, feriado departamental de Oruro)"
ELECTIONS = "Chile, Ley 18.700 (el día de elecciones y plebiscitos es feriado legal)"

BO_MONDAYS_SINCE = date(2023, 9, 13)
"""From this day a departmental holiday on a Sunday makes the Monday one too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A holiday that the package does not know."""

    day: date
    name: str
    source: str
    known_since: date | None = None


def missing_days(code: str, years: Iterable[int]) -> tuple[Correction, ...]:
    """The holidays to add for a country (``CL``) or one of its regions (``CL-MA``)."""
    yearly = [
        Correction(day=date(year, 2, 10), name="Efeméride departamental de Oruro", source=DS_1484)
        for year in years
        if code == "BO-O"
    ]
    return (*yearly, *_MISSING.get(code, ()))


def is_no_holiday(code: str, day: date, name: str) -> bool:
    """Whether the package names a day that is no holiday in the country or whole region."""
    if code == "PE":
        return name == "Domingo de Resurrección"
    if code == "BO":
        return (day.month, day.day) == (10, 17)
    return code == "CL-NB" and (day.month, day.day) == (8, 20)


def mondays_after(code: str, days: Mapping[date, str]) -> Sequence[Correction]:
    """The Mondays that are holidays because the region's own day fell on a Sunday."""
    if not code.startswith("BO-"):
        return ()
    return tuple(
        Correction(day=day + timedelta(days=1), name=f"{name} (trasladado)", source=DS_5019)
        for day, name in sorted(days.items())
        if day.weekday() == SUNDAY and day >= BO_MONDAYS_SINCE
    )


def _bicentenary(month: int, day: int, name: str) -> tuple[Correction, ...]:
    return (
        Correction(
            day=date(2025, month, day), name=name, source=DS_5328, known_since=date(2025, 2, 13)
        ),
    )


_ELECTION_DAYS = (
    date(2020, 10, 25),
    date(2021, 5, 15),
    date(2021, 5, 16),
    date(2021, 11, 21),
    date(2021, 12, 19),
    date(2022, 9, 4),
    date(2023, 5, 7),
    date(2023, 12, 17),
    date(2024, 10, 27),
    date(2025, 11, 16),
    date(2025, 12, 14),
)

_MISSING: Mapping[str, Sequence[Correction]] = {
    "CL": tuple(
        Correction(day=day, name="Elecciones o plebiscito nacional", source=ELECTIONS)
        for day in _ELECTION_DAYS
    ),
    "CL-MA": (
        Correction(
            day=date(2024, 9, 21),
            name="Feriado regional de Magallanes",
            source="Chile, Ley 21.704",
            known_since=date(2024, 9, 14),
        ),
    ),
    "BO": (
        Correction(
            day=date(2025, 8, 7),
            name="Bicentenario de Bolivia",
            source="Bolivia, Ministerio de Trabajo, anuncio del decreto de 30-07-2025",
            known_since=date(2025, 7, 30),
        ),
        Correction(
            day=date(2025, 11, 3),
            name="Día de Todos los Difuntos (trasladado)",
            source="Bolivia, D.S. 5483 de 29-10-2025",
            known_since=date(2025, 10, 29),
        ),
        Correction(
            day=date(2025, 12, 26),
            name="Feriado de Navidad",
            source="Bolivia, Ministerio de Trabajo, comunicado de 22-12-2025",
            known_since=date(2025, 12, 22),
        ),
    ),
    "BO-N": _bicentenary(2, 9, "Fundación de Cobija"),
    "BO-S": _bicentenary(2, 14, "Independencia de Santa Cruz"),
    "BO-P": _bicentenary(4, 1, "Batalla de Tumusla"),
    "BO-B": _bicentenary(4, 22, "Levantamiento de San Pedro de Moxos"),
    "BO-H": _bicentenary(9, 29, "Fundación de La Plata"),
    "BO-O": _bicentenary(10, 6, "Revolución del 6 de octubre de 1810"),
    "BO-T": _bicentenary(11, 7, "Batalla de Suipacha"),
    "BO-L": _bicentenary(11, 14, "Memoria de Túpac Katari"),
    "BO-C": _bicentenary(11, 14, "Batalla de Aroma"),
}
