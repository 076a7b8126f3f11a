"""How values read inside a text for people. Total: whatever the value, there are words for it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal

from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.expressions.types import (
    Entry,
    GeoPoint,
    Identity,
    Person,
    Scope,
    Type,
    Value,
)

MAX_TEXT = 100_000
"""No text grows longer than this, however often it is repeated."""


def show(
    value: Value, kind: Type | None = None, *, language: str = "es", zone: tzinfo = UTC
) -> str:
    """The words for a value: labels for choices, local time for instants, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        item = kind.item if kind is not None else None
        shown = [show(part, item, language=language, zone=zone) for part in value[:1000]]
        return ", ".join(shown)[:MAX_TEXT]
    if isinstance(value, str):
        return _label(value, kind)[:MAX_TEXT]
    if isinstance(value, bool):
        return _YES_NO[_known(language)][value]
    if isinstance(value, int | Decimal):
        return number_text(value)
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Span):
        return span_text(value, language)
    return _structured(value, language, zone)


def _structured(value: Identity | Person | GeoPoint | Entry, language: str, zone: tzinfo) -> str:
    if isinstance(value, Identity):
        return value.number
    if isinstance(value, Person):
        return value.name or value.key
    if isinstance(value, GeoPoint):
        return f"{value.latitude}, {value.longitude}"
    cells = (show(cell, language=language, zone=zone) for _, cell in value.cells)
    return " · ".join(cell for cell in cells if cell)[:MAX_TEXT]


def number_text(value: int | Decimal) -> str:
    """Digits without exponent and without zeros that say nothing."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def span_text(value: Span, language: str = "es") -> str:
    one, many = _UNITS[_known(language)][value.unit]
    return f"{value.amount} {one if value.amount == 1 else many}"


def long_date(value: date, language: str = "es") -> str:
    """The date as a letter writes it: ``15 de marzo de 2019``."""
    month = _MONTHS[_known(language)][value.month - 1]
    if _known(language) == "es":
        return f"{value.day} de {month} de {value.year}"
    return f"{value.day} {month} {value.year}"


def long_datetime(value: datetime, language: str = "es") -> str:
    day = long_date(value.date(), language)
    if _known(language) == "es":
        return f"{day}, {value:%H:%M} horas"
    return f"{day}, {value:%H:%M}"


def greeting(hour: int, language: str = "es") -> str:
    """Good morning until noon, good afternoon until seven, good evening until four."""
    morning, afternoon, night = _GREETINGS[_known(language)]
    if hour < 4 or hour >= 19:
        return night
    return morning if hour < 12 else afternoon


def zone_of(scope: Scope) -> tzinfo:
    """The zone in which people read the time: that of ``now``."""
    now = scope.get("now")
    return (now.tzinfo or UTC) if isinstance(now, datetime) else UTC


def language_of(scope: Scope) -> str:
    language = scope.get("language")
    return language if isinstance(language, str) else "es"


def _label(value: str, kind: Type | None) -> str:
    if kind is None or kind.options is None:
        return value
    return dict(kind.options).get(value, value)


def _known(language: str) -> str:
    return language if language in _MONTHS else "es"


_YES_NO: Mapping[str, tuple[str, str]] = {"es": ("no", "sí"), "en": ("no", "yes")}
_GREETINGS: Mapping[str, tuple[str, str, str]] = {
    "es": ("Buenos días", "Buenas tardes", "Buenas noches"),
    "en": ("Good morning", "Good afternoon", "Good evening"),
}
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "es": (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_UNITS: Mapping[str, Mapping[Unit, tuple[str, str]]] = {
    "es": {
        Unit.MINUTE: ("minuto", "minutos"),
        Unit.HOUR: ("hora", "horas"),
        Unit.DAY: ("día", "días"),
        Unit.WEEK: ("semana", "semanas"),
        Unit.MONTH: ("mes", "meses"),
        Unit.QUARTER: ("trimestre", "trimestres"),
        Unit.YEAR: ("año", "años"),
        Unit.BUSINESS_MINUTE: ("minuto hábil", "minutos hábiles"),
        Unit.BUSINESS_HOUR: ("hora hábil", "horas hábiles"),
        Unit.BUSINESS_DAY: ("día hábil", "días hábiles"),
    },
    "en": {unit: (str(unit), f"{unit}s") for unit in Unit},
}
