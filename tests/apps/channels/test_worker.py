"""The worker and the commands: what is due is done, and the end is quiet."""

from __future__ import annotations

import io
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from tests.apps.channels.conftest import DOOR, Desk, letter, mails
from tests.support.mail_servers import Scripted, scripted
from ventanilla.cases.outcomes import NotMoved, Outcome
from ventanilla.cases.store import CaseRow
from ventanilla.cases.transaction import CommandMaker, move
from ventanilla.channels.services import store_raw
from ventanilla.channels.smtp import SmtpServer
from ventanilla.channels.worker import Worker
from ventanilla.core.engine.commands import RefusalCode, Refused
from ventanilla.identity.access import brakes
from ventanilla.identity.actor import Actor
from ventanilla.identity.signin import sign_in


def _worker(desk: Desk, port: int | None, inbox: Path | None = None) -> Worker:
    server = SmtpServer(host="127.0.0.1", port=port, timeout_seconds=2) if port else None
    return Worker(clock=desk.clock, server=server, inbox=inbox)


def _stdin(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_one_round_it_does_all_that_is_due(desk: Desk, post: Scripted, tmp_path: Path) -> None:
    store_raw(organization_id=desk.organization_id, channel="email", raw=letter(), now=desk.now)
    (tmp_path / "a.eml").write_bytes(letter(sender="b@x.example", message_id="<b@x>"))
    desk.wait(minutes=1)

    done = _worker(desk, post.port, tmp_path).run_once()

    assert done >= 3
    assert len(desk.cases()) == 2
    assert len(mails(post)) == 2
    assert _worker(desk, post.port, tmp_path).run_once() == 0


def test_idle_it_clears_away_sessions_and_brakes_that_hold_nobody(desk: Desk) -> None:
    sign_in(email="nadie@x.example", password="x", address="10.0.0.9", now=desk.now)
    for name, days in (("old", -1), ("new", 1)):
        expires = datetime.now(UTC) + timedelta(days=days)
        Session.objects.create(session_key=name, session_data="", expire_date=expires)
    desk.wait(days=2)

    _worker(desk, None).run_once()

    assert not brakes().exists()
    assert [session.session_key for session in Session.objects.all()] == ["new"]


def test_time_that_passes_it_moves_cases(desk: Desk) -> None:
    desk.receive(letter())
    desk.answer(desk.cases()[0])
    desk.wait(days=16)

    _worker(desk, None).run_once()

    (case,) = desk.cases()
    assert (case.status, case.result) == ("closed", "sin_noticias")


def test_a_server_that_is_away_it_is_left_alone_for_a_while(desk: Desk) -> None:
    for number in range(5):
        desk.receive(letter(sender=f"p{number}@x.example", message_id=f"<{number}@x>"))

    with scripted(greeting=b"421 busy\r\n") as server:
        worker = _worker(desk, server.port)
        worker.run_once()
        worker.run_once()

        assert server.connections == 1
        desk.wait(seconds=30)
        worker.run_once()
        assert server.connections == 2


def test_mail_for_nobody_it_is_put_aside(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(letter(to="nadie@otra.example"))

    _worker(desk, None, tmp_path).run_once()

    assert [case.channel for case in desk.cases()] == ["email"]


def test_a_worker_that_is_asked_to_stop_it_ends_after_the_thing_in_hand(
    committed_desk: Desk, post: Scripted
) -> None:
    desk = committed_desk
    desk.receive(letter())
    worker = _worker(desk, post.port)

    def run() -> None:
        try:
            worker.run()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    deadline = time.monotonic() + 10
    while not post.bodies and time.monotonic() < deadline:
        time.sleep(0.02)
    worker.stop()
    thread.join(timeout=10)

    assert not thread.is_alive()
    assert len(post.bodies) == 1
    assert desk.effects()[0].status == "done"


def test_receive_it_places_the_mail_and_tells_the_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.StringIO()
    _stdin(monkeypatch, letter())

    call_command("receive", stdout=out)

    (case,) = desk.cases()
    assert out.getvalue() == f"placed {case.number}\n"


def test_receive_it_refuses_a_channel_that_is_not_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stdin(monkeypatch, letter())

    with pytest.raises(CommandError, match="known: desk, email") as caught:
        call_command("receive", channel="fax")

    assert caught.value.returncode == 64
    assert desk.inbound() == []


def test_receive_it_finds_the_door_that_the_mail_addresses(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stdin(monkeypatch, letter(to=f"Mesa <{DOOR.upper()}>"))

    call_command("receive", stdout=io.StringIO())

    assert [row.channel for row in desk.inbound()] == ["email"]


def test_work_once_it_says_how_much_it_did(desk: Desk, settings: LazySettings) -> None:
    out = io.StringIO()
    settings.INBOX_FOLDER = None
    store_raw(
        organization_id=desk.organization_id,
        channel="email",
        raw=letter(),
        now=desk.now - timedelta(days=400),
    )

    call_command("work", once=True, stdout=out)

    assert int(out.getvalue()) >= 1


@pytest.mark.parametrize("now", ["2026-11-23T09:00-05:00", "mañana"])
def test_work_at_another_instant_it_is_for_demonstrations_only(desk: Desk, now: str) -> None:
    with pytest.raises(CommandError, match="demonstration"):
        call_command("work", once=True, now=now)


@pytest.mark.parametrize("how", ["raises", "refuses"])
def test_a_case_that_cannot_move_it_does_not_stop_the_time_of_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    for name in ("a", "b"):
        desk.receive(letter(sender=f"{name}@x.example", message_id=f"<{name}@x>"))
    for case in desk.cases():
        desk.answer(case)
    stuck = desk.cases()[0].reference
    desk.wait(days=16)

    def move_or_not(actor: Actor, now: datetime, row: CaseRow, make: CommandMaker) -> Outcome:
        if row.reference != stuck:
            return move(actor, now, row, make)
        if how == "raises":
            raise RuntimeError("a defect of ours")
        return NotMoved(refusal=Refused(code=RefusalCode.RUNAWAY))

    with monkeypatch.context() as patch:
        patch.setattr("ventanilla.cases.services.move", move_or_not)
        _worker(desk, None).run_once()
    stopped, moved = (case.status for case in desk.cases())
    desk.wait(minutes=11)
    _worker(desk, None).run_once()

    assert (stopped, moved) == ("open", "closed")
    assert desk.cases()[0].status == "closed"
