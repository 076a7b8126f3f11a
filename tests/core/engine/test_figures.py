"""Figures of indicators: what counts, over what, and the band that judges it."""

from decimal import Decimal
from typing import Any

import pytest

from tests.core.engine.builders import AGENT, MONDAY_TEN, Case, procedure
from ventanilla.core.engine.figures import Weighed, figure, weigh
from ventanilla.core.engine.state import NEW, State

TEXT = """
fields:
  satisfecho: {type: boolean, label: Satisfecho}
  nota: {type: integer, label: Nota}
steps:
  atender: {who: agente, ask: [satisfecho, nota], within: 2..15 days, end: atendida}
actions:
  dejar: {who: agente, end: abandonada}
indicators:
  venta:
    count: result == "atendida" and met(atender)
    target: {aceptado: ">= 95%", observado: "< 95%"}
    every: day
    who: jefe
  satisfaccion: {count: satisfecho, over: known(satisfecho), every: 6 months, who: jefe}
  nota: {average: nota, target: {buena: "> 4", baja: "<= 4"}, who: jefe}
"""
PROCEDURE = procedure(TEXT)


def closed(days: int = 1, **values: Any) -> State:
    case = Case(PROCEDURE)
    case.open()
    case.wait(days=days)
    case.do("atender", by=AGENT, **values)
    return case.state


def abandoned() -> State:
    case = Case(PROCEDURE)
    case.open()
    case.act("dejar", by=AGENT)
    return case.state


def open_case() -> State:
    case = Case(PROCEDURE)
    case.open()
    return case.state


@pytest.mark.parametrize(
    ("name", "state", "weighed"),
    [
        ("venta", closed(), Weighed.COUNTED),
        ("venta", closed(days=20), Weighed.OVER),
        ("venta", abandoned(), Weighed.OVER),
        ("venta", open_case(), Weighed.OUT),
        ("satisfaccion", closed(), Weighed.OUT),
        ("satisfaccion", closed(satisfecho=False), Weighed.OVER),
        ("nota", closed(nota=3), Weighed.COUNTED),
        ("nota", closed(), Weighed.OUT),
    ],
)
def test_case_it_counts_or_not(name: str, state: State, weighed: Weighed) -> None:
    assert weigh(PROCEDURE, PROCEDURE.indicators[name], state, MONDAY_TEN) is weighed


@pytest.mark.covers("VD-49", "VD-50")
def test_figure_it_is_a_share_and_exactly_the_bound_falls_in_a_band() -> None:
    states = [*([closed()] * 19), abandoned()]

    found = figure(PROCEDURE, PROCEDURE.indicators["venta"], states, MONDAY_TEN)

    assert (found.counted, found.over) == (19, 20)
    assert (found.value, found.band) == (Decimal(95), "aceptado")


def test_figure_it_is_an_average_of_what_is_known() -> None:
    states = [closed(nota=3), closed(nota=4), closed()]

    found = figure(PROCEDURE, PROCEDURE.indicators["nota"], states, MONDAY_TEN)

    assert (found.over, found.value, found.band) == (2, Decimal("3.5"), "baja")


def test_figure_it_is_none_without_cases() -> None:
    found = figure(PROCEDURE, PROCEDURE.indicators["venta"], [open_case(), NEW], MONDAY_TEN)

    assert (found.over, found.value, found.band) == (0, None, None)


@pytest.mark.covers("VD-31")
def test_promise_it_has_an_earliest_and_a_latest_and_is_kept_by_the_latest() -> None:
    case = Case(PROCEDURE)
    case.open()

    promise = PROCEDURE.deadlines["atender"]
    case.wait(days=1)
    case.do("atender", by=AGENT)

    assert str(promise.earliest) == "2 days"
    assert str(promise.within) == "15 days"
    assert case.state.settled["atender"].outcome == "met"
