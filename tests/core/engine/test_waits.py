"""Waiting for the party: answers, files, dates, reminders, giving up."""

from datetime import UTC, date, datetime, timedelta

from tests.core.engine.builders import CHIEF, MONDAY_TEN, opened
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import Note, Tick
from ventanilla.core.engine.state import Sender, Status, WakeKind

WAITING = """
fields: {docs: {type: files, label: Documentos}}
steps:
  esperar:
    wait: {for: message, into: docs}
    remind: {after: 2 days, times: 2, send: recordatorio}
    give_up: {after: 7 days, end: sin_respuesta}
  ver: {who: jefe, next: [{if: case.subject == "", end: fin}, {go: esperar}]}
"""
REMINDER = {"recordatorio": "Seguimos esperando."}


def test_wait_it_ends_when_a_message_comes() -> None:
    case = opened(WAITING, REMINDER)

    case.receive("carta.pdf")

    assert case.at() == ["ver"]
    assert case.state.fields["docs"] == ("carta.pdf",)


def test_wait_it_keeps_the_files_of_earlier_messages() -> None:
    case = opened(WAITING, REMINDER)
    case.receive("uno.pdf")
    case.do("ver")

    case.receive("dos.pdf")

    assert case.state.fields["docs"] == ("uno.pdf", "dos.pdf")


def test_wait_for_files_it_goes_on_when_a_message_brings_none() -> None:
    case = opened(WAITING.replace("for: message", "for: files"), REMINDER)

    case.receive()
    assert case.at() == ["esperar"]
    case.receive("uno.pdf")

    assert case.at() == ["ver"]


def test_wait_it_does_not_end_by_the_answer_of_a_robot() -> None:
    case = opened(WAITING, REMINDER)

    facts = case.receive(robot=True)

    assert case.at() == ["esperar"]
    assert facts == (f.MessageReceived(ref="m", at=case.now, robot=True),)


def test_wait_it_reminds_so_many_times_and_then_gives_up() -> None:
    case = opened(WAITING, REMINDER)

    case.wait(days=30)

    assert len(case.told(f.Reminded)) == 2
    assert [owed.key for owed in case.told(f.MessageOwed)] == ["recordatorio#1", "recordatorio#2"]
    assert (case.state.status, case.state.result) == (Status.CLOSED, "sin_respuesta")
    assert case.state.closed_at == MONDAY_TEN + timedelta(days=7)


def test_wait_that_was_answered_it_reminds_no_more() -> None:
    case = opened(WAITING, REMINDER)
    case.receive()

    case.wait(days=30)

    assert case.told(f.Reminded) == []
    assert case.at() == ["ver"]


def test_reminder_without_an_address_it_is_told_as_impossible() -> None:
    case = opened(WAITING, REMINDER, channel="desk", sender=Sender(name="Ana"))

    case.wait(days=2)

    assert case.told(f.MessageImpossible) == [
        f.MessageImpossible(message="recordatorio", reason="no_address")
    ]


DATED = """
fields: {visita: {type: date, label: Visita}}
steps:
  pedir: {who: jefe, ask: [visita]}
  esperar: {wait: {for: date, at: visita}, give_up: {after: 90 days, end: nunca}}
  visitar: {who: jefe, end: fin}
"""


def test_wait_for_a_date_it_ends_at_its_first_minute_in_the_office() -> None:
    case = opened(DATED)

    case.do("pedir", visita=date(2026, 3, 20))

    wakes = case.state.active["esperar#1"].wakes
    assert {wake.kind: wake.at for wake in wakes}[WakeKind.DATE] == datetime(
        2026, 3, 20, 5, 0, tzinfo=UTC
    )
    case.wait(days=5)
    assert case.at() == ["visitar"]


def test_wait_for_a_date_gone_by_it_ends_at_once_and_not_before_it_began() -> None:
    case = opened(DATED)
    case.do("pedir", visita=date(2026, 3, 1))

    case.accept(Tick())

    assert case.at() == ["visitar"]
    assert case.told(f.StepDone)[-1].at == case.now


def test_wait_for_a_date_nobody_gave_it_gives_up_in_time() -> None:
    case = opened(DATED)
    case.do("pedir")

    case.wait(days=91)

    assert case.state.result == "nunca"


def test_reminder_that_a_persons_visit_brings_up_it_is_not_in_that_persons_name() -> None:
    case = opened(WAITING, {"recordatorio": "Le saluda {{ agent.name }}."})
    case.now += timedelta(days=2, hours=1)

    case.accept(Note(text="Llamó", happened_at=case.now), CHIEF)

    assert case.told(f.MessageOwed)[0].body.strip() == "Le saluda ."
