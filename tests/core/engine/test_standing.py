"""Clocks stand while the case waits and while they are suspended, and may be extended."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.core.engine.builders import CHIEF, MONDAY_TEN, Case, opened
from ventanilla.core.businesstime import Explanation, PauseKind, Reason
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.clocks import explained
from ventanilla.core.engine.commands import Act, RefusalCode, Tick
from ventanilla.core.engine.state import Outcome, next_wake

HOUR = timedelta(hours=1)
TEXT = """
fields:
  motivo: {type: text, label: Motivo}
  desde: {type: datetime, label: Desde}
steps:
  pedir: {who: jefe, do: Pedir}
  esperar: {wait: {for: message}}
  responder: {who: jefe, do: Responder, end: fin}
actions:
  suspender:
    who: jefe
    ask: [motivo, desde]
    suspend: {deadline: plazo, from: desde, reason: motivo}
  reanudar: {who: jefe, resume: plazo}
  ampliar:
    who: jefe
    ask: [motivo]
    extend: {deadline: plazo, by: 12 hours, times: 2, percent: 60, reason: motivo}
    send: aviso
deadlines:
  plazo:
    from: opened
    until: done responder
    within: 24 hours
    waits: [esperar]
    alarms: [{name: mitad, at: at 50%}, {name: antes, at: 2 hours before}]
"""
LETTERS = {"aviso": "Antes del {{ datetime_text(deadline.plazo) }}."}


def begun() -> Case:
    return opened(TEXT, LETTERS)


def alarms(case: Case) -> list[tuple[str, datetime]]:
    return [(one.alarm, one.due_at) for one in case.told(f.AlarmFired)]


def limit(case: Case) -> datetime | None:
    return case.state.running["plazo"].due_at


def waiting(hours: int = 6) -> Case:
    case = begun()
    case.now += hours * HOUR
    case.do("pedir", checked=("1",))
    return case


def refusal(case: Case, action: str, **values: datetime | str) -> RefusalCode:
    command = Act(action=action, happened_at=case.now, values=values)
    return case.refuse(command, CHIEF).code


def test_waiting_it_stops_the_clock_and_the_answer_lets_it_go_on() -> None:
    case = waiting()
    assert case.state.running["plazo"].stands
    assert limit(case) is None
    assert next_wake(case.state) is None

    case.wait(days=3)
    assert alarms(case) == []
    case.receive()

    assert limit(case) == MONDAY_TEN + 24 * HOUR + timedelta(days=3)
    case.wait(hours=17)
    assert alarms(case) == [
        ("mitad", MONDAY_TEN + 12 * HOUR + timedelta(days=3)),
        ("antes", MONDAY_TEN + 22 * HOUR + timedelta(days=3)),
    ]
    case.wait(hours=1)
    assert case.state.running["plazo"].late


def test_alarm_that_rang_before_it_does_not_ring_again() -> None:
    case = waiting(13)
    assert [name for name, _ in alarms(case)] == ["mitad"]

    case.wait(days=2)
    case.receive()
    case.wait(days=1)

    assert [name for name, _ in alarms(case)] == ["mitad", "antes"]


def test_clock_that_starts_while_the_case_waits_it_stands_at_once() -> None:
    case = opened("""
        steps:
          esperar: {wait: {for: message}}
          responder: {who: jefe, do: Responder, end: fin}
        deadlines:
          plazo: {from: entered esperar, until: done responder, within: 2 hours, waits: [esperar]}
    """)

    case.wait(days=2)
    case.receive()

    assert limit(case) == case.now + 2 * HOUR


def test_clock_whose_limit_has_passed_it_does_not_stand_any_more() -> None:
    case = waiting(25)

    assert case.state.running["plazo"].late
    assert not case.state.running["plazo"].stands


def test_suspension_it_stands_from_a_day_that_may_lie_in_the_past() -> None:
    case = begun()
    case.now += 5 * HOUR

    case.act("suspender", motivo="Huelga", desde=MONDAY_TEN + 2 * HOUR)
    case.wait(hours=4)
    case.act("reanudar")

    (stopped,) = case.told(f.DeadlineStopped)
    assert (stopped.kind, stopped.begins) == (PauseKind.SUSPENSION, MONDAY_TEN + 2 * HOUR)
    assert stopped.reason == "Huelga"
    assert limit(case) == MONDAY_TEN + 31 * HOUR


def test_suspension_written_after_the_limit_it_undoes_that_the_clock_was_late() -> None:
    case = begun()
    case.wait(hours=26)
    late = case.state.running["plazo"].late

    case.act("suspender", motivo="Huelga", desde=MONDAY_TEN + 20 * HOUR)
    case.act("reanudar")
    assert (late, case.state.running["plazo"].late) == (True, False)
    assert limit(case) == case.now + 4 * HOUR
    case.do("pedir", checked=("1",))
    case.receive()
    case.do("responder", checked=("1",))

    assert case.state.settled["plazo"].outcome is Outcome.MET


def test_two_reasons_to_stand_they_last_until_both_have_ended() -> None:
    case = waiting()
    case.act("suspender", motivo="Huelga")
    case.wait(hours=5)
    case.receive()
    assert case.state.running["plazo"].stands

    case.wait(hours=5)
    case.act("reanudar")

    assert limit(case) == MONDAY_TEN + 34 * HOUR


def test_two_reasons_to_stand_the_alarms_are_kept_until_the_clock_goes_on() -> None:
    case = waiting()
    case.act("suspender", motivo="Peritaje")
    case.receive()
    assert [one.name for one in case.state.running["plazo"].alarms] == ["mitad", "antes"]

    case.act("reanudar")
    case.wait(hours=20)

    assert [name for name, _ in alarms(case)] == ["mitad", "antes"]


def test_extension_it_gives_more_time_and_its_letter_says_until_when() -> None:
    case = begun()

    case.act("ampliar", motivo="Falta un informe")

    assert limit(case) == MONDAY_TEN + 36 * HOUR
    (letter,) = case.told(f.MessageOwed)
    assert letter.body == "Antes del 17 de marzo de 2026, 22:00 horas."
    (extended,) = case.told(f.DeadlineExtended)
    assert (str(extended.by), extended.reason) == ("12 hours", "Falta un informe")
    case.wait(hours=18)
    assert alarms(case) == [("mitad", MONDAY_TEN + 18 * HOUR)]


def test_extension_while_the_clock_stands_it_counts_when_it_goes_on() -> None:
    case = waiting()
    case.act("ampliar")
    assert limit(case) is None

    case.wait(hours=10)
    case.receive()

    assert limit(case) == MONDAY_TEN + 46 * HOUR


def test_act_that_does_not_fit_it_is_refused_and_changes_nothing() -> None:
    case = begun()
    before = case.state

    assert refusal(case, "reanudar") is RefusalCode.CLOCK_GOES
    assert refusal(case, "suspender", desde=case.now + HOUR) is RefusalCode.IN_THE_FUTURE
    assert case.state == before
    case.act("ampliar")
    assert refusal(case, "ampliar") is RefusalCode.EXTENSION_LIMIT
    case.act("suspender")
    assert refusal(case, "suspender") is RefusalCode.CLOCK_STANDS


@pytest.mark.parametrize("action", ["suspender", "ampliar"])
def test_act_after_the_limit_it_is_refused(action: str) -> None:
    case = begun()
    case.wait(hours=24)

    assert refusal(case, action) is RefusalCode.CLOCK_NOT_RUNNING


def test_limit_it_can_be_explained_with_the_time_for_which_the_clock_stood() -> None:
    case = waiting()
    case.wait(hours=10)
    case.receive()
    case.act("ampliar", motivo="Informe")
    case.do("responder", checked=("1",))
    clock = case.state.settled["plazo"]

    (found,) = explained(case.procedure, case.procedure.deadlines["plazo"], "centro", clock)

    assert isinstance(found, Explanation)
    assert found.due == clock.due_at == MONDAY_TEN + 46 * HOUR
    assert found.counted == found.promised
    stood = [one for one in found.lines if one.reason is Reason.WAITING]
    assert {one.name for one in stood} == {"Esperar"}
    assert sum(((one.ends - one.begins) for one in stood), timedelta()) == 10 * HOUR


def test_answer_written_down_later_it_ends_the_wait_when_it_came() -> None:
    case = waiting()
    case.now += 9 * HOUR

    case.act("suspender", motivo="Otro", desde=datetime(2026, 3, 16, 22, 0, tzinfo=UTC))
    case.receive()

    assert case.state.running["plazo"].stands
    case.accept(Tick())
    assert limit(case) is None
