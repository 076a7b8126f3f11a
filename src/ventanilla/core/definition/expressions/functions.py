"""The functions an expression may call. Each is total: whatever well-typed values it gets."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ventanilla.core.definition.expressions import wording
from ventanilla.core.definition.expressions.types import (
    BOOLEAN,
    DATE,
    NUMBER,
    TEXT,
    Kind,
    Scope,
    Type,
    Value,
)

_ANYTHING = frozenset(Kind)
_TEXTS = frozenset({Kind.TEXT})
_NUMBERS = frozenset({Kind.NUMBER})
_DAYS = frozenset({Kind.DATE, Kind.DATETIME})
_INSTANTS = frozenset({Kind.DATETIME})
_COUNTED = frozenset({Kind.TEXT, Kind.LIST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """``takes`` has the kinds of each argument; ``make`` gets their types and gives the code.

    Unless it ``sees_nothing``, a function of a missing value is a missing value.
    """

    takes: tuple[frozenset[Kind], ...]
    gives: Type
    make: Callable[[tuple[Type, ...]], Callable[..., Value]]
    sees_nothing: bool = False


def is_empty(value: Value) -> bool:
    """Whether nothing is there: no value, an empty text or an empty list."""
    return value is None or value in ("", ())


def _plain(run: Callable[..., Value]) -> Callable[[tuple[Type, ...]], Callable[..., Value]]:
    return lambda _types: run


def _empty(_scope: Scope, value: Value) -> Value:
    return is_empty(value)


def _known(_scope: Scope, value: Value) -> Value:
    return not is_empty(value)


def _length(_scope: Scope, value: Any) -> Value:
    return len(value)


def _lower(_scope: Scope, value: str) -> Value:
    return value.lower()


def _upper(_scope: Scope, value: str) -> Value:
    return value.upper()


def _contains(_scope: Scope, whole: Any, part: str) -> Value:
    if isinstance(whole, tuple):
        return part in whole
    return part.casefold() in whole.casefold()


def _days(scope: Scope, first: date, last: date) -> Value:
    return (_local_day(scope, last) - _local_day(scope, first)).days


def _add_days(scope: Scope, day: date, amount: int | Decimal) -> Value:
    try:
        return _local_day(scope, day) + timedelta(days=int(amount))
    except OverflowError:
        return None


def _add_months(scope: Scope, day: date, amount: int | Decimal) -> Value:
    """So many months later; the last day of a month that lacks the day."""
    start = _local_day(scope, day)
    years, month = divmod(start.year * 12 + start.month - 1 + int(amount), 12)
    if not date.min.year <= years <= date.max.year:
        return None
    return date(years, month + 1, min(start.day, monthrange(years, month + 1)[1]))


def _months(scope: Scope, first: date, last: date) -> Value:
    one, other = _local_day(scope, first), _local_day(scope, last)
    months = (other.year - one.year) * 12 + other.month - one.month
    return months - 1 if other.day < one.day else months


def _years(scope: Scope, first: date, last: date) -> Value:
    one, other = _local_day(scope, first), _local_day(scope, last)
    years = other.year - one.year
    return years - 1 if (other.month, other.day) < (one.month, one.day) else years


def _year(scope: Scope, value: date) -> Value:
    return _local_day(scope, value).year


def _date(scope: Scope, value: date) -> Value:
    return _local_day(scope, value)


def _local_day(scope: Scope, value: date) -> date:
    if isinstance(value, datetime):
        return value.astimezone(wording.zone_of(scope)).date()
    return value


def _hour(scope: Scope, value: datetime) -> Value:
    return value.astimezone(wording.zone_of(scope)).hour


def _greeting(scope: Scope) -> Value:
    now = scope.get("now")
    hour = now.hour if isinstance(now, datetime) else 12
    return wording.greeting(hour, wording.language_of(scope))


def _date_text(scope: Scope, value: date) -> Value:
    return wording.long_date(_local_day(scope, value), wording.language_of(scope))


def _datetime_text(scope: Scope, value: datetime) -> Value:
    local = value.astimezone(wording.zone_of(scope))
    return wording.long_datetime(local, wording.language_of(scope))


def _time_text(scope: Scope, value: datetime) -> Value:
    return f"{value.astimezone(wording.zone_of(scope)):%H:%M}"


def _text(types: tuple[Type, ...]) -> Callable[..., Value]:
    def run(scope: Scope, value: Value) -> Value:
        language, zone = wording.language_of(scope), wording.zone_of(scope)
        return wording.show(value, types[0], language=language, zone=zone)

    return run


def _join(types: tuple[Type, ...]) -> Callable[..., Value]:
    def run(scope: Scope, values: tuple[Value, ...], separator: str) -> Value:
        language, zone = wording.language_of(scope), wording.zone_of(scope)
        shown = (
            wording.show(value, types[0].item, language=language, zone=zone)
            for value in values[:1000]
        )
        return separator[:100].join(shown)[: wording.MAX_TEXT]

    return run


def _plural(_scope: Scope, amount: int | Decimal, one: str, many: str) -> Value:
    return one if amount == 1 else many


def _round(_scope: Scope, value: int | Decimal, digits: int | Decimal) -> Value:
    places = min(max(int(digits), 0), 9)
    if isinstance(value, int):
        return value
    if abs(value) >= 10**18:
        return value
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


FUNCTIONS: Mapping[str, Function] = {
    "empty": Function(takes=(_ANYTHING,), gives=BOOLEAN, make=_plain(_empty), sees_nothing=True),
    "known": Function(takes=(_ANYTHING,), gives=BOOLEAN, make=_plain(_known), sees_nothing=True),
    "len": Function(takes=(_COUNTED,), gives=NUMBER, make=_plain(_length)),
    "lower": Function(takes=(_TEXTS,), gives=TEXT, make=_plain(_lower)),
    "upper": Function(takes=(_TEXTS,), gives=TEXT, make=_plain(_upper)),
    "contains": Function(takes=(_COUNTED, _TEXTS), gives=BOOLEAN, make=_plain(_contains)),
    "days": Function(takes=(_DAYS, _DAYS), gives=NUMBER, make=_plain(_days)),
    "months": Function(takes=(_DAYS, _DAYS), gives=NUMBER, make=_plain(_months)),
    "years": Function(takes=(_DAYS, _DAYS), gives=NUMBER, make=_plain(_years)),
    "year": Function(takes=(_DAYS,), gives=NUMBER, make=_plain(_year)),
    "add_days": Function(takes=(_DAYS, _NUMBERS), gives=DATE, make=_plain(_add_days)),
    "add_months": Function(takes=(_DAYS, _NUMBERS), gives=DATE, make=_plain(_add_months)),
    "date": Function(takes=(_DAYS,), gives=DATE, make=_plain(_date)),
    "hour": Function(takes=(_INSTANTS,), gives=NUMBER, make=_plain(_hour)),
    "greeting": Function(takes=(), gives=TEXT, make=_plain(_greeting)),
    "date_text": Function(takes=(_DAYS,), gives=TEXT, make=_plain(_date_text)),
    "datetime_text": Function(takes=(_INSTANTS,), gives=TEXT, make=_plain(_datetime_text)),
    "time_text": Function(takes=(_INSTANTS,), gives=TEXT, make=_plain(_time_text)),
    "text": Function(takes=(_ANYTHING,), gives=TEXT, make=_text),
    "join": Function(takes=(frozenset({Kind.LIST}), _TEXTS), gives=TEXT, make=_join),
    "plural": Function(takes=(_NUMBERS, _TEXTS, _TEXTS), gives=TEXT, make=_plain(_plural)),
    "round": Function(takes=(_NUMBERS, _NUMBERS), gives=NUMBER, make=_plain(_round)),
}
"""``lookup(CATALOGUE, key, "column")`` is known to the builder, because it needs the catalogue."""
