"""Indicators: every figure there can be falls into one band, and only one."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from ventanilla.core.definition.check.boxes import Part
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.expressions.wording import number_text
from ventanilla.core.definition.model import Cell, Indicator, OneOf, Procedure, Range
from ventanilla.core.definition.problems import Code, Problems

LEAST, MOST = Decimal(0), Decimal(100)
"""A share is a percentage."""


def check_indicators(procedure: Procedure, places: Places, problems: Problems) -> None:
    """Tell the first figure without a band, and the first in two."""
    for name, indicator in procedure.indicators.items():
        if not indicator.targets:
            continue
        mark = places.at("indicators", name, "target")
        gap = overlap = False
        for told, part in _parts(indicator):
            bands = [band.value for band in indicator.targets if part.within(band.cell)]
            if not bands and not gap:
                gap = True
                problems.add(Code.BAND_GAP, mark, points=told)
            if len(bands) > 1 and not overlap:
                overlap = True
                first, second, *_ = bands
                problems.add(Code.BAND_OVERLAP, mark, points=told, first=first, second=second)


def _parts(indicator: Indicator) -> Iterator[tuple[str, Part]]:
    """The bounds and the open spaces between them, each with a figure that stands for it."""
    share = indicator.average is None
    bounds = {bound for band in indicator.targets for bound in _bounds(band.cell)}
    if share:
        bounds = {bound for bound in bounds if LEAST <= bound <= MOST} | {LEAST, MOST}
    ordered = sorted(bounds)
    sign = " %" if share else ""
    if not share and ordered:
        yield number_text(ordered[0] - 1), Part("between", None, ordered[0])
        yield number_text(ordered[-1] + 1), Part("between", ordered[-1], None)
    for bound in ordered:
        yield f"{number_text(bound)}{sign}", Part("value", bound)
    for low, high in pairwise(ordered):
        yield f"{number_text((low + high) / 2)}{sign}", Part("between", low, high)


def _bounds(cell: Cell) -> Iterator[Decimal]:
    match cell:
        case Range(low=low, high=high):
            found: tuple[object, ...] = (low, high)
        case OneOf(values=values):
            found = values
        case _:
            found = ()
    yield from (Decimal(str(one)) for one in found if isinstance(one, int | Decimal))
