"""Clocks: when they start, stop, are late, restart and are dropped; when their alarms go off."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.core.engine.builders import CHIEF, MONDAY_TEN, Case, opened
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import Cancel, Tick
from ventanilla.core.engine.state import Outcome, next_wake

ONE_DAY = """
steps: {uno: {who: jefe}, dos: {who: jefe, end: fin}}
deadlines:
  plazo: {title: Plazo, from: opened, until: done uno, within: 24 hours}
"""


def test_clock_it_starts_with_its_event_and_is_due_after_its_span() -> None:
    case = opened(ONE_DAY)

    clock = case.state.running["plazo"]

    assert (clock.started_at, clock.due_at) == (MONDAY_TEN, MONDAY_TEN + timedelta(hours=24))
    assert next_wake(case.state) == clock.due_at


@pytest.mark.parametrize(
    ("minutes", "outcome"),
    [(24 * 60 - 1, Outcome.MET), (24 * 60, Outcome.MET_LATE), (24 * 60 + 1, Outcome.MET_LATE)],
)
def test_clock_it_is_met_before_its_limit_and_late_at_it(minutes: int, outcome: Outcome) -> None:
    case = opened(ONE_DAY)

    case.now += timedelta(minutes=minutes)
    case.do("uno")

    assert case.state.settled["plazo"].outcome is outcome
    assert len(case.told(f.DeadlineLate)) == (outcome is Outcome.MET_LATE)


def test_clock_that_is_late_it_says_so_once_at_the_limit() -> None:
    case = opened(ONE_DAY)

    case.wait(days=2)
    case.wait(days=1)

    assert case.told(f.DeadlineLate) == [
        f.DeadlineLate(name="plazo", due_at=MONDAY_TEN + timedelta(hours=24))
    ]
    assert case.state.running["plazo"].late
    assert next_wake(case.state) is None


def test_clock_on_business_days_it_counts_on_the_calendar_of_the_office() -> None:
    case = opened(ONE_DAY.replace("24 hours", "10 business hours"))

    assert case.state.running["plazo"].due_at == datetime(2026, 3, 17, 16, 0, tzinfo=UTC)


def test_clock_with_a_calendar_of_its_own_it_counts_on_that() -> None:
    case = opened(ONE_DAY.replace("24 hours}", "5 business hours, calendar: norte}"))

    assert case.state.running["plazo"].due_at == datetime(2026, 3, 18, 12, 0, tzinfo=UTC)


def test_clock_past_the_horizon_it_runs_without_a_limit() -> None:
    case = opened(ONE_DAY.replace("24 hours", "9000 business days"))

    clock = case.state.running["plazo"]

    assert clock.due_at is None
    case.do("uno")
    assert case.state.settled["plazo"].outcome is Outcome.MET


RESTART = """
fields: {nota: {type: text, label: Nota}}
steps: {uno: {who: jefe, end: fin}}
actions: {anotar: {title: Anotar, who: jefe, ask: [nota]}}
deadlines:
  plazo: {title: Plazo, from: [opened, set nota], until: done uno, within: 24 hours}
"""


def test_clock_it_goes_on_when_its_event_comes_again() -> None:
    case = opened(RESTART)
    case.now += timedelta(hours=3)

    case.act("anotar", nota="x")

    assert case.state.running["plazo"].started_at == MONDAY_TEN


def test_clock_that_restarts_it_drops_the_old_count() -> None:
    case = opened(RESTART.replace("within: 24 hours", "within: 24 hours, restart: true"))
    case.now += timedelta(hours=3)

    case.act("anotar", nota="x")

    assert case.state.running["plazo"].started_at == case.now
    assert case.state.settled["plazo"].outcome is Outcome.DROPPED


def test_clock_whose_condition_fails_it_does_not_start() -> None:
    case = opened("""
        fields: {urgente: {type: boolean, label: Urgente}}
        steps: {uno: {who: jefe, ask: [urgente]}, dos: {who: jefe, end: fin}}
        deadlines:
          plazo: {title: P, from: {on: done uno, if: urgente}, until: done dos, within: 1 hours}
    """)

    case.do("uno", urgente=False)

    assert not case.state.running


def test_clock_of_a_step_it_is_met_with_the_step_and_dropped_with_its_visit() -> None:
    text = """
        steps: {uno: {who: jefe, within: 2 hours}, dos: {who: jefe, end: fin}}
        actions: {saltar: {title: Saltar, who: jefe, go: dos}}
    """
    done, left = opened(text), opened(text)

    done.do("uno")
    left.act("saltar")

    assert done.state.settled["uno"].outcome is Outcome.MET
    assert left.state.settled["uno"].outcome is Outcome.DROPPED


def test_clock_of_a_wait_that_gives_up_it_is_dropped() -> None:
    case = opened("""
        steps:
          esperar: {wait: {for: message}, give_up: {after: 2 days, go: ver}, within: 5 days}
          ver: {who: jefe, end: fin}
    """)

    case.wait(days=2)

    assert case.at() == ["ver"]
    assert case.state.settled["esperar"].outcome is Outcome.DROPPED


def test_clock_that_ceases_it_is_dropped_and_never_late() -> None:
    case = opened("""
        steps: {uno: {who: jefe}, dos: {who: jefe}, tres: {who: jefe, end: fin}}
        deadlines:
          plazo: {title: P, from: opened, until: done tres, cancel: done uno, within: 24 hours}
    """)

    case.do("uno")
    case.wait(days=3)

    assert case.state.settled["plazo"].outcome is Outcome.DROPPED
    assert case.told(f.DeadlineLate) == []


SINCE = """
fields: {hecho: {type: datetime, label: Hecho}}
steps: {uno: {who: jefe, ask: [hecho]}, dos: {who: jefe, end: fin}}
deadlines:
  plazo:
    title: P
    from: done uno
    since: hecho
    until: done dos
    within: 24 hours
    alarms: [{name: antes, at: 2 hours before, to: jefe, say: Falta poco}]
"""


def test_clock_since_an_instant_it_counts_from_there() -> None:
    case = opened(SINCE)

    case.do("uno", hecho=MONDAY_TEN - timedelta(hours=10))

    assert case.state.running["plazo"].due_at == MONDAY_TEN + timedelta(hours=14)


def test_clock_whose_limit_had_passed_when_it_started_it_is_late_then_and_not_before() -> None:
    case = opened(SINCE)

    case.do("uno", hecho=MONDAY_TEN - timedelta(days=3))
    assert case.state.running["plazo"].late
    case.accept(Tick())

    assert case.told(f.DeadlineLate) == [
        f.DeadlineLate(name="plazo", due_at=MONDAY_TEN - timedelta(days=2))
    ]
    assert [fact.due_at for fact in fired(case)] == [MONDAY_TEN]
    assert next_wake(case.state) is None


def test_clock_until_the_case_closes_it_is_met_by_closing() -> None:
    case = opened(ONE_DAY.replace("done uno", "closed"))
    case.do("uno")

    case.do("dos")

    assert case.state.settled["plazo"].outcome is Outcome.MET


def test_clock_that_nothing_stops_it_is_dropped_when_the_case_closes() -> None:
    case = opened("""
        steps:
          uno: {who: jefe, next: [{if: channel == "desk", go: dos}, {end: fin}]}
          dos: {who: jefe, end: fin}
        deadlines: {plazo: {title: P, from: opened, until: done dos, within: 24 hours}}
    """)

    case.do("uno")

    assert case.state.settled["plazo"].outcome is Outcome.DROPPED
    assert not case.state.running


def test_clock_it_is_dropped_when_the_case_is_cancelled() -> None:
    case = opened(ONE_DAY.replace("done uno", "closed"))

    case.accept(Cancel(reason="Error", happened_at=case.now), CHIEF)

    assert case.state.settled["plazo"].outcome is Outcome.DROPPED


def test_clock_of_a_step_that_is_left_it_is_dropped_and_no_other() -> None:
    case = opened("""
        steps: {uno: {who: jefe, within: 2 days}, dos: {who: jefe, end: fin}}
        actions: {saltar: {title: Saltar, who: jefe, go: dos}}
        deadlines: {todo: {title: Todo, from: opened, until: closed, within: 9 days}}
    """)

    case.act("saltar")

    assert {name: one.outcome for name, one in case.state.settled.items()} == {
        "uno": Outcome.DROPPED
    }
    assert list(case.state.running) == ["todo"]


def test_clock_without_time_it_is_late_in_the_moment_it_starts() -> None:
    case = opened(ONE_DAY.replace("24 hours", "0 hours"))

    assert [fact.due_at for fact in case.told(f.DeadlineLate)] == [MONDAY_TEN]
    assert case.accept(Tick()) == ()


# --- alarms ---------------------------------------------------------------------------------------

ALARMS = """
steps: {uno: {who: jefe, end: fin}}
deadlines:
  plazo:
    title: Plazo
    from: opened
    until: done uno
    within: 10 hours
    alarms:
      - {name: despues, at: 3 hours after, to: jefe, say: Ya pasó}
      - {name: mitad, at: at 50%, to: jefe, say: Va la mitad}
      - {name: antes, at: 1 hours before, to: jefe, say: Falta poco}
"""


def test_alarms_they_go_off_in_order_each_at_its_instant() -> None:
    case = opened(ALARMS)

    case.wait(hours=20)

    assert [(fact.alarm, (fact.due_at - MONDAY_TEN).seconds // 3600) for fact in fired(case)] == [
        ("mitad", 5),
        ("antes", 9),
        ("despues", 13),
    ]
    late = next(i for i, fact in enumerate(case.facts) if isinstance(fact, f.DeadlineLate))
    assert [fact.alarm for fact in case.facts[late:] if isinstance(fact, f.AlarmFired)] == [
        "despues"
    ]


def test_alarms_they_go_off_once() -> None:
    case = opened(ALARMS)
    case.wait(hours=6)

    assert case.accept(Tick()) == ()
    assert [fact.alarm for fact in fired(case)] == ["mitad"]


def test_alarms_at_one_instant_they_all_go_off() -> None:
    case = opened(ALARMS.replace("1 hours before", "5 hours before"))

    case.wait(hours=6)

    assert [fact.alarm for fact in fired(case)] == ["antes", "mitad"]


def test_alarms_of_a_clock_that_was_met_they_stay_silent() -> None:
    case = opened(ALARMS)
    case.wait(hours=6)

    case.do("uno")
    case.wait(hours=10)

    assert [fact.alarm for fact in fired(case)] == ["mitad"]


def test_alarm_before_the_clock_starts_it_goes_off_when_it_starts() -> None:
    case = opened(ALARMS.replace("1 hours before", "3 days before"))

    case.accept(Tick())

    assert [(fact.alarm, fact.due_at) for fact in fired(case)] == [("antes", MONDAY_TEN)]


def test_alarm_at_a_share_of_business_hours_it_counts_open_time_only() -> None:
    case = opened(ALARMS.replace("10 hours", "16 business hours"))

    case.wait(days=2)

    (half,) = (fact.due_at for fact in fired(case) if fact.alarm == "mitad")
    assert half == MONDAY_TEN + timedelta(hours=8)
    assert case.state.running["plazo"].due_at == MONDAY_TEN + timedelta(hours=31)


def test_alarm_days_before_they_are_counted_by_the_rule_of_the_deadline() -> None:
    """Nine days before Monday 6 April is a Saturday: the Friday before it."""
    ruled = ALARMS.replace("10 hours", "20 days").replace("1 hours before", "9 days before")
    ruled = ruled.replace("title: Plazo", "title: Plazo\n    rule: pe_administrative")
    case = opened(ruled)

    (before,) = (one.at for one in case.state.running["plazo"].alarms if one.name == "antes")

    assert case.state.running["plazo"].due_at == datetime(2026, 4, 6, 23, 0, tzinfo=UTC)
    assert before == datetime(2026, 3, 27, 23, 0, tzinfo=UTC)


def test_alarm_it_sets_off_rules_at_its_own_instant() -> None:
    case = opened(
        f"""
        {ALARMS.replace(chr(10), chr(10) + "        ")}
        rules:
          - {{on: alarm plazo.mitad, do: {{send: aviso}}}}
          - {{on: late plazo, do: {{send: tarde}}}}
        """,
        {"aviso": "Son las {{ time_text(now) }}.", "tarde": "Son las {{ time_text(now) }}."},
    )

    case.wait(hours=20)

    assert [owed.body.strip() for owed in case.told(f.MessageOwed)] == [
        "Son las 15:00.",
        "Son las 20:00.",
    ]


def fired(case: Case) -> list[f.AlarmFired]:
    return case.told(f.AlarmFired)
