"""Two at once, on real threads: nobody meets an error page, nothing is lost or doubled."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import DataError, connection, transaction

from tests.apps.cases.conftest import MONDAY, Desk, accepted, contact_data, mail
from ventanilla.cases.contacts import keep_files
from ventanilla.cases.incoming import IncomingFile
from ventanilla.cases.models import Blob, Clock
from ventanilla.cases.outcomes import Moved, NotMoved, Outcome
from ventanilla.cases.selectors import case_file
from ventanilla.cases.services import complete_task, link_party, receive, tick_next
from ventanilla.cases.store import CaseRow
from ventanilla.cases.transaction import CommandMaker, move
from ventanilla.core.engine.commands import RefusalCode
from ventanilla.identity.actor import Actor
from ventanilla.parties.erasure import erase_party
from ventanilla.parties.models import Party

Given = TypeVar("Given")
Got = TypeVar("Got")

AN_HOUR_LATER = MONDAY + timedelta(hours=1)


def _together(do: Callable[[Given], Got], with_each: Iterable[Given]) -> list[Got]:
    """The same done by several at the same moment, each on a connection of its own."""
    given = list(with_each)
    barrier = Barrier(len(given))

    def one(what: Given) -> Got:
        try:
            barrier.wait(timeout=10)
            return do(what)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(given)) as pool:
        return list(pool.map(one, given))


def _to_be_registered(desk: Desk) -> Moved:
    case = desk.enquiry()
    accepted(desk.ask_for_data(case))
    incoming = mail(AN_HOUR_LATER, "Aquí van mis datos.")
    return accepted(
        receive(actor=desk.system, now=AN_HOUR_LATER, case=case.reference, incoming=incoming)
    )


def _register(desk: Desk, case: Moved) -> Outcome:
    return complete_task(
        actor=desk.paola,
        now=AN_HOUR_LATER,
        case=case.reference,
        task="registrar#1",
        values=contact_data(),
    )


def test_one_person_registered_on_two_cases_at_once_it_becomes_one_party(
    desk_for_threads: Desk,
) -> None:
    desk = desk_for_threads
    cases = [_to_be_registered(desk) for _ in range(4)]

    outcomes = _together(lambda case: _register(desk, case), cases)

    assert [type(outcome) for outcome in outcomes] == [Moved] * 4
    assert Party.objects.within(desk.organization_id).count() == 1


def test_the_same_file_handed_in_at_once_it_is_stored_once(desk_for_threads: Desk) -> None:
    desk = desk_for_threads
    file = IncomingFile(name="lista.pdf", content_type="application/pdf", content=b"%PDF-1.7 x")

    def keep(actor: Actor) -> int:
        with transaction.atomic():
            return len(keep_files(actor=actor, files=[file], now=MONDAY))

    kept = _together(keep, [desk.paola, desk.oscar] * 3)

    assert kept == [1] * 6
    assert Blob.objects.within(desk.organization_id).count() == 1


def test_a_step_that_writes_to_somebody_forgotten_it_is_refused_with_a_remedy(desk: Desk) -> None:
    party = case_file(actor=desk.paola, number=desk.registered().number).party
    assert party is not None
    case = _to_be_registered(desk)
    accepted(link_party(actor=desk.paola, now=AN_HOUR_LATER, case=case.reference, party=party))
    erase_party(actor=desk.system, now=AN_HOUR_LATER, reference=party, traces=())

    outcome = _register(desk, case)

    assert isinstance(outcome, NotMoved)
    assert outcome.refusal.code is RefusalCode.PARTY_NEEDED


def test_a_case_that_the_database_refuses_it_does_not_stop_the_time_of_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, sound = desk.enquiry(), desk.enquiry(MONDAY + timedelta(minutes=1))
    later = MONDAY + timedelta(days=2)

    def move_or_not(actor: Actor, now: datetime, row: CaseRow, make: CommandMaker) -> Outcome:
        if row.reference == stuck.reference:
            raise DataError("value too long")
        return move(actor, later, row, make)

    monkeypatch.setattr("ventanilla.cases.services.move", move_or_not)
    moved = [tick_next(now=later) for _ in range(3)]

    late = Clock.objects.within(desk.organization_id).filter(status="late")
    assert moved == [True, True, False]
    assert set(late.values_list("case__reference", flat=True)) == {sound.reference}
