"""Spans of service time: an amount and a unit, read from words such as ``3 business days``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

LARGEST_AMOUNT = 1_000_000

_WORDS = re.compile(r"\s*(?P<amount>\S+)\s+(?P<unit>\S.*?)\s*")
_WHOLE = re.compile(r"[0-9]+")


class Unit(StrEnum):
    """What a span is counted in; clock units, calendar units and business units never mix."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    BUSINESS_MINUTE = "business minute"
    BUSINESS_HOUR = "business hour"
    BUSINESS_DAY = "business day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A whole, non-negative amount of one unit."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 0 <= self.amount <= LARGEST_AMOUNT:
            raise SpanError("amount_out_of_range", amount=str(self.amount))

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}" if self.amount == 1 else f"{self.amount} {self.unit}s"


class SpanError(ValueError):
    """The words are not a span; ``code`` and ``params`` say why."""

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params: Mapping[str, str] = params
        super().__init__(f"not a span of time: {code} {dict(params)}")


def parse_span(text: str) -> Span:
    """Read ``72 hours``, ``1 business day``, ``2 months``; raises SpanError with a code.

    Codes: ``not_a_span`` (not an amount and a unit), ``amount_not_whole``,
    ``amount_out_of_range``, ``unit_unknown`` (with ``nearest``, perhaps empty).
    """
    found = _WORDS.fullmatch(text)
    if found is None:
        raise SpanError("not_a_span", text=text[:80])
    amount = found["amount"]
    if not _WHOLE.fullmatch(amount):
        raise SpanError("amount_not_whole", amount=amount[:80])
    if len(amount) > len(str(LARGEST_AMOUNT)):
        raise SpanError("amount_out_of_range", amount=amount[:80])
    return Span(amount=int(amount), unit=_unit(found["unit"]))


def _unit(words: str) -> Unit:
    name = " ".join(words.casefold().split())
    unit = _UNITS.get(name)
    if unit is None:
        nearest = get_close_matches(name[:80], _UNITS, n=1)
        raise SpanError("unit_unknown", unit=words[:80], nearest="".join(nearest))
    return unit


_UNITS: Mapping[str, Unit] = {
    **{f"{unit}s": unit for unit in Unit},
    **{str(unit): unit for unit in Unit},
}
