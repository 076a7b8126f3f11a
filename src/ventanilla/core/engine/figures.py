"""Figures of an indicator: which closed cases count, over how many, and what they come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from ventanilla.core.definition.check.boxes import Part
from ventanilla.core.definition.model import Indicator, Procedure
from ventanilla.core.engine.scope import Scope
from ventanilla.core.engine.state import State, Status


class Weighed(StrEnum):
    """What a case is to an indicator: counted, only in the base, or not in it at all."""

    COUNTED = "counted"
    OVER = "over"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``value`` is a percentage, or an average; none when no case is in the base."""

    counted: int
    over: int
    value: Decimal | None
    band: str | None


def weigh(procedure: Procedure, indicator: Indicator, state: State, now: datetime) -> Weighed:
    """What one case is to the indicator. Open cases are out: their course is not known yet."""
    if state.status is not Status.CLOSED:
        return Weighed.OUT
    scope = Scope(procedure, state, now)
    if indicator.over is not None and not indicator.over.holds(scope):
        return Weighed.OUT
    if indicator.count is not None:
        return Weighed.COUNTED if indicator.count.holds(scope) else Weighed.OVER
    return Weighed.COUNTED if _number(indicator, scope) is not None else Weighed.OUT


def figure(
    procedure: Procedure, indicator: Indicator, states: Iterable[State], now: datetime
) -> Figure:
    """The figure over all the cases, and the band that judges it."""
    counted = over = 0
    total = Decimal(0)
    for state in states:
        weight = weigh(procedure, indicator, state, now)
        over += weight is not Weighed.OUT
        counted += weight is Weighed.COUNTED
        if weight is Weighed.COUNTED and indicator.average is not None:
            total += _number(indicator, Scope(procedure, state, now)) or 0
    if not over:
        return Figure(counted=0, over=0, value=None, band=None)
    top = total if indicator.average is not None else Decimal(100 * counted)
    value = top / over
    return Figure(counted=counted, over=over, value=value, band=band_of(indicator, value))


def band_of(indicator: Indicator, value: Decimal) -> str | None:
    """The band of a figure."""
    part = Part("value", value)
    return next((one.value for one in indicator.targets if part.within(one.cell)), None)


def _number(indicator: Indicator, scope: Scope) -> Decimal | None:
    found = indicator.average.evaluate(scope) if indicator.average is not None else None
    return Decimal(found) if isinstance(found, int | Decimal) else None
