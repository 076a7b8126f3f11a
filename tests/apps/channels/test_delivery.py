"""What is owed leaves once, in order, and its case learns what came of it."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.apps.channels.conftest import DOOR, ROSA, Desk, letter, mail_of, mails
from tests.support.mail_servers import Scripted, scripted
from ventanilla.cases.contacts import keep_files
from ventanilla.cases.incoming import IncomingFile
from ventanilla.cases.models import Case, Effect, JournalEntry
from ventanilla.cases.services import act
from ventanilla.channels import outbox, repairs, selectors
from ventanilla.channels.compose import Composed, Outgoing, compose
from ventanilla.channels.delivery import (
    AUTOMATIC_PER_DAY_AND_CASE,
    AUTOMATIC_PER_HOUR,
    Delivered,
    deliver_next,
)
from ventanilla.channels.mail.message import Kind
from ventanilla.channels.smtp import SmtpLine, SmtpServer
from ventanilla.core.engine.commands import Wording


def _opened(desk: Desk, port: int | None = None) -> Case:
    """A case whose automatic acknowledgement has left, if a port is given."""
    desk.receive(letter())
    if port is not None:
        desk.deliver(port)
    return desk.cases()[0]


def _deliveries(desk: Desk, case: Case) -> list[str]:
    rows = JournalEntry.objects.within(desk.organization_id)
    return list(rows.filter(case=case, command="deliver").values_list("about", flat=True))


def test_an_answer_of_the_agent_it_reaches_the_person(desk: Desk, post: Scripted) -> None:
    case = _opened(desk, post.port)
    desk.answer(case)

    outcomes = desk.deliver(post.port)

    sent = mail_of(post)
    out = desk.contacts(case, "out")[1]
    assert outcomes == [Delivered.SENT]
    assert sent.kind is Kind.ORDINARY
    assert sent.to[0].address == ROSA
    assert sent.sender is not None
    assert sent.sender.address == DOOR
    assert sent.subject == f"Respuesta a su consulta {case.number}"
    assert "Esta es la respuesta." in sent.text
    assert sent.in_reply_to == ("<uno@cacao.example>",)
    assert sent.reply_to[0].address.startswith("mesa+")
    assert (out.delivery, out.message_id) == ("sent", sent.message_id)
    assert desk.effects()[1].status == "done"
    assert len(_deliveries(desk, case)) == 2


def test_a_mail_that_a_rule_sends_it_says_so(desk: Desk, post: Scripted) -> None:
    _opened(desk, post.port)

    assert mail_of(post).kind is Kind.AUTO_REPLY
    assert mail_of(post).reason == "auto_submitted"


def test_files_that_the_agent_attached_they_leave_with_the_mail(desk: Desk, post: Scripted) -> None:
    case = _opened(desk, post.port)
    file = IncomingFile(name="guía.pdf", content_type="application/pdf", content=b"%PDF-1.7\n")
    kept = keep_files(actor=desk.agent, files=[file], now=desk.now)

    act(
        actor=desk.agent,
        now=desk.now,
        case=case.reference,
        action="escribir",
        values={},
        wording=Wording(subject="Guía", body="Adjunta.", attachments=(str(kept[0]),)),
    )
    desk.deliver(post.port)

    (attached,) = mail_of(post).files
    assert (attached.name, attached.content) == ("guía.pdf", b"%PDF-1.7\n")


def test_a_refusal_for_good_it_is_shown_on_the_case_at_once(desk: Desk) -> None:
    case = _opened(desk)

    with scripted(RCPT=b"550 5.1.1 no such user\r\n") as server:
        outcomes = desk.deliver(server.port)

    (out,) = desk.contacts(case, "out")
    (effect,) = desk.effects()
    (failed,) = selectors.failed_mails(actor=desk.agent)[0]
    assert outcomes == [Delivered.FAILED]
    assert (out.delivery, effect.status) == ("failed", "failed")
    assert "no such user" in effect.last_error
    assert (failed.case_number, failed.recipient) == (case.number, ROSA)
    assert len(_deliveries(desk, case)) == 1


def test_a_mail_that_was_given_up_it_can_be_sent_again(desk: Desk, post: Scripted) -> None:
    case = _opened(desk)
    with scripted(RCPT=b"550 5.1.1 no such user\r\n") as server:
        desk.deliver(server.port)
    (failed,) = selectors.failed_mails(actor=desk.agent)[0]

    revived = repairs.send_again(actor=desk.agent, now=desk.now, key=failed.key)
    again = repairs.send_again(actor=desk.agent, now=desk.now, key=failed.key)

    assert (revived, again) == (True, False)
    assert desk.deliver(post.port) == [Delivered.SENT]
    assert desk.contacts(case, "out")[0].delivery == "sent"


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"RCPT": b"450 greylisted\r\n"}, id="recipient_later"),
        pytest.param({"DATA": b"451 later\r\n"}, id="data_later"),
        pytest.param({"end": b"452 disk full\r\n"}, id="content_later"),
    ],
)
def test_a_refusal_for_now_it_is_tried_again_later_and_later(
    desk: Desk, post: Scripted, answers: dict[str, bytes]
) -> None:
    _opened(desk)
    waits: list[timedelta] = []
    with scripted(**answers) as server:
        for _ in range(4):
            assert desk.deliver(server.port) == [Delivered.POSTPONED]
            waits.append(desk.effects()[0].run_at - desk.now)
            desk.now += waits[-1]

    assert waits == sorted(set(waits))
    assert desk.deliver(post.port) == [Delivered.SENT]
    assert desk.effects()[0].attempts == 5


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param({"greeting": b""}, id="hangs_up"),
        pytest.param({"greeting": b"421 closing\r\n"}, id="closing"),
        pytest.param({"MAIL": b"530 sign in\r\n"}, id="does_not_want_us"),
        pytest.param({"DATA": b""}, id="dies_before_content"),
        pytest.param({"end": b""}, id="dies_after_content"),
    ],
)
def test_a_server_that_is_away_it_costs_nothing_but_time(
    desk: Desk, post: Scripted, answers: dict[str, bytes]
) -> None:
    case = _opened(desk)
    with scripted(**answers) as server:
        for _ in range(3):
            assert desk.deliver(server.port) == [Delivered.SERVER_AWAY]
            desk.wait(minutes=20)

    outcomes = desk.deliver(post.port)

    assert outcomes == [Delivered.SENT]
    assert desk.contacts(case, "out")[0].delivery == "sent"


def test_an_outage_of_more_than_two_days_it_is_told_to_a_person(desk: Desk) -> None:
    case = _opened(desk)
    with scripted(greeting=b"") as server:
        desk.wait(hours=49)
        outcomes = desk.deliver(server.port)

    assert outcomes == [Delivered.FAILED]
    assert desk.contacts(case, "out")[0].delivery == "failed"


def test_a_mail_that_is_sent_twice_it_carries_one_identifier(desk: Desk, post: Scripted) -> None:
    _opened(desk)
    with scripted(end=b"") as server:
        desk.deliver(server.port)
        desk.wait(minutes=5)
        desk.deliver(post.port)

        first, second = mail_of(server), mail_of(post)

    assert first.message_id == second.message_id
    assert first.reply_to == second.reply_to


def test_mails_of_a_case_to_one_address_they_keep_their_order(desk: Desk, post: Scripted) -> None:
    case = _opened(desk, post.port)
    desk.answer(case)
    desk.write(case)
    with scripted(RCPT=b"450 greylisted\r\n") as server:
        assert desk.deliver(server.port) == [Delivered.POSTPONED]
    desk.wait(minutes=15)

    desk.deliver(post.port)

    assert [mail.subject.split()[0] for mail in mails(post)[1:]] == ["Respuesta", "Aclaración"]


def test_automatic_mails_to_one_address_they_are_limited_by_the_hour(
    desk: Desk, post: Scripted
) -> None:
    for number in range(AUTOMATIC_PER_HOUR + 2):
        desk.receive(letter(message_id=f"<{number}@x.example>"))
        desk.wait(minutes=1)
    desk.receive(letter(sender="otra@y.example", message_id="<otra@y>"))

    first = desk.deliver(post.port)
    desk.wait(hours=1, minutes=1)
    second = desk.deliver(post.port)

    assert first.count(Delivered.SENT) == AUTOMATIC_PER_HOUR + 1
    assert first.count(Delivered.POSTPONED) == 2
    assert second == [Delivered.SENT, Delivered.SENT]


def test_mails_of_a_person_they_are_never_held_back(desk: Desk, post: Scripted) -> None:
    case = _opened(desk, post.port)
    for _ in range(AUTOMATIC_PER_HOUR + 2):
        desk.write(case)

    outcomes = desk.deliver(post.port)

    assert outcomes == [Delivered.SENT] * (AUTOMATIC_PER_HOUR + 2)


def test_a_worker_that_wakes_up_too_late_it_writes_nothing(desk: Desk, post: Scripted) -> None:
    case = _opened(desk)
    zombie = outbox.claim("zombi", desk.now)
    assert zombie is not None
    desk.wait(seconds=200)

    desk.deliver(post.port, worker="vivo")

    assert not outbox.renew(zombie, desk.now)
    with pytest.raises(outbox.LeaseLost):
        outbox.finish(zombie, desk.now)
    with pytest.raises(outbox.LeaseLost):
        outbox.give_up(zombie, "x", desk.now)
    with pytest.raises(outbox.LeaseLost):
        outbox.postpone(zombie, "x", desk.now)
    assert desk.effects()[0].owner == "vivo"
    assert len(_deliveries(desk, case)) == 1


def test_a_worker_that_slept_before_the_content_it_does_not_send(
    desk: Desk, post: Scripted
) -> None:
    case = _opened(desk)
    slept = SmtpLine(SmtpServer(host="127.0.0.1", port=post.port))
    calls = 0

    def clock_that_jumps() -> object:
        """Between claiming and handing in, the lease ends and somebody else delivers."""
        nonlocal calls
        calls += 1
        if calls == 3:
            desk.wait(seconds=200)
            desk.deliver(post.port, worker="vivo")
        return desk.now

    outcome = deliver_next(worker="zombi", line=slept, clock=clock_that_jumps)  # type: ignore[arg-type]
    slept.close()

    assert outcome is Delivered.LEASE_LOST
    assert len(post.bodies) == 1
    assert len(_deliveries(desk, case)) == 1


def test_a_lease_that_holds_it_keeps_others_away(desk: Desk) -> None:
    _opened(desk)
    assert outbox.claim("uno", desk.now) is not None

    assert outbox.claim("dos", desk.now + outbox.LEASE) is None
    assert outbox.claim("dos", desk.now + outbox.LEASE + timedelta(seconds=1)) is not None


def test_several_workers_they_deliver_each_mail_once(committed_desk: Desk, post: Scripted) -> None:
    desk = committed_desk
    count = 20
    for number in range(count):
        desk.receive(letter(sender=f"p{number}@x.example", message_id=f"<{number}@x.example>"))
    desk.now += timedelta(seconds=1)

    def work(name: str) -> None:
        try:
            desk.deliver(post.port, worker=name)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    recipients = [mail.to[0].address for mail in mails(post)]
    assert sorted(recipients) == sorted(f"p{number}@x.example" for number in range(count))
    assert {effect.status for effect in desk.effects()} == {"done"}
    assert {effect.attempts for effect in desk.effects()} == {1}


def test_the_same_mail_received_by_several_at_once_it_is_one(committed_desk: Desk) -> None:
    desk = committed_desk
    ways = [f"X-Way: {n % 3}\r\n".encode() + letter() for n in range(6)]

    def receive(raw: bytes) -> None:
        try:
            desk.receive(raw)
        finally:
            connection.close()

    threads = [threading.Thread(target=receive, args=(raw,)) for raw in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(desk.cases()) == 1
    assert len(desk.inbound()) == 3
    assert sorted(row.status for row in desk.inbound()) == ["ignored", "ignored", "placed"]
    assert Effect.objects.within(desk.organization_id).count() == 1


def test_a_mail_that_breaks_our_code_it_holds_up_nobody(
    desk: Desk, post: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.receive(letter())
    desk.receive(letter(sender="b@x.example", message_id="<b@x>"))

    def breaks_for_rosa(outgoing: Outgoing) -> Composed:
        if outgoing.recipient.address == ROSA:
            raise RuntimeError("a defect of ours")
        return compose(outgoing)

    with monkeypatch.context() as patch:
        patch.setattr("ventanilla.channels.delivery.compose", breaks_for_rosa)
        outcomes = desk.deliver(post.port)
        desk.wait(hours=49)
        late = desk.deliver(post.port)

    assert outcomes == [Delivered.POSTPONED, Delivered.SENT]
    assert late == [Delivered.FAILED]
    assert [effect.status for effect in desk.effects()] == ["failed", "done"]


def test_a_mail_that_left_it_does_not_leave_again_when_the_case_cannot_be_told(
    desk: Desk, post: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(**_: object) -> None:
        raise RuntimeError("a defect of ours")

    desk.receive(letter())
    with monkeypatch.context() as patch:
        patch.setattr("ventanilla.channels.delivery.record_delivery", breaks)
        outcomes = desk.deliver(post.port)
    desk.wait(hours=3)

    assert outcomes == [Delivered.SENT]
    assert desk.deliver(post.port) == []
    assert len(post.bodies) == 1


def test_an_answering_machine_without_any_sign_it_gets_three_mails_an_hour_at_most(
    desk: Desk, post: Scripted
) -> None:
    """One day of a machine that answers each mail at once, as if nobody had written before."""
    desk.receive(letter(sender="robot@x.example", message_id="<0@x>"))
    sent_at: list[int] = []
    answered = 0
    for minute in range(24 * 60):
        desk.wait(minutes=1)
        if minute % 5:
            continue
        desk.deliver(post.port)
        for _ in post.bodies[answered:]:
            answered += 1
            sent_at.append(minute)
            desk.receive(letter(sender="robot@x.example", message_id=f"<{answered}@x>"))
    desk.receive(letter(sender="ana@y.example", message_id="<ana@y>"))
    desk.deliver(post.port)

    busiest = max(sum(1 for at in sent_at if start <= at < start + 60) for start in range(24 * 60))
    assert busiest <= AUTOMATIC_PER_HOUR
    assert mail_of(post).to[0].address == "ana@y.example"


def test_automatic_mails_of_one_case_they_are_limited_by_the_day(
    desk: Desk, post: Scripted
) -> None:
    case = _opened(desk, post.port)
    for _ in range(AUTOMATIC_PER_DAY_AND_CASE + 3):
        desk.wait(minutes=40)
        act(actor=desk.agent, now=desk.now, case=case.reference, action="avisar", values={})
        desk.deliver(post.port)

    within_the_day = len(post.bodies)
    desk.wait(days=1)
    desk.deliver(post.port)

    assert within_the_day == AUTOMATIC_PER_DAY_AND_CASE
    assert len(post.bodies) > within_the_day


def test_a_worker_that_claims_again_it_cannot_settle_its_earlier_claim(desk: Desk) -> None:
    _opened(desk)
    earlier = outbox.claim("uno", desk.now)
    desk.wait(seconds=200)
    later = outbox.claim("uno", desk.now)

    assert earlier is not None
    assert later is not None
    assert not outbox.renew(earlier, desk.now)
    assert outbox.renew(later, desk.now)
