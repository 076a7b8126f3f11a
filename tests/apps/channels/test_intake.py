"""Mail finds its place once, whatever happens; nothing is lost and nothing doubled."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from tests.apps.channels.conftest import DOOR, ROSA, Desk, letter, mail_of
from tests.apps.conftest import build_house
from tests.channels.mail import corpus_bodies, corpus_headers, corpus_robots
from tests.channels.mail.samples import Sample
from tests.support.mail_servers import Scripted
from ventanilla.cases.models import Case, Interaction, Task
from ventanilla.channels import access, repairs, routing, selectors, services
from ventanilla.channels.keys import reply_token_keys
from ventanilla.channels.models import InboundStatus
from ventanilla.channels.tokens import reply_address, sign_token

_PLACED: Final = InboundStatus.PLACED
_QUARANTINED: Final = InboundStatus.QUARANTINED
_IGNORED: Final = InboundStatus.IGNORED
_REPORT: Final = (
    "From: MAILER-DAEMON@cacao.example\r\nTo: {to}\r\nMessage-ID: <informe@cacao.example>\r\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n"
    "--r\r\n\r\nNo se pudo.\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\n"
    "Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n"
    "Diagnostic-Code: smtp; 550 no such user\r\n\r\n"
    "--r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {original}\r\n\r\n--r--\r\n"
)


def _token(desk: Desk, case: Case, correspondent: str = ROSA, days: int = 30) -> str:
    return sign_token(
        reply_token_keys(),
        organization_id=desk.organization_id,
        case_id=case.pk,
        correspondent=correspondent,
        expires_at=desk.now + timedelta(days=days),
    )


def _opened(desk: Desk) -> Case:
    desk.receive(letter())
    return desk.cases()[0]


def _reply(desk: Desk, case: Case, **changes: str) -> bytes:
    to = reply_address(DOOR, _token(desk, case))
    return letter(**{"to": to, "message_id": "<dos@cacao.example>", "body": "Gracias.", **changes})


def test_a_mail_from_somebody_unknown_it_opens_a_case(desk: Desk) -> None:
    placed = desk.receive(letter())

    (case,) = desk.cases()
    (contact,) = desk.contacts(case)
    (inbound,) = desk.inbound()
    assert (placed.status, placed.number) == (_PLACED, case.number)
    assert (contact.text, contact.address, contact.flag) == ("Quiero exportar cacao.", ROSA, "")
    assert (case.subject, case.channel, case.opened_at) == ("Consulta", "email", desk.now)
    assert bytes(inbound.raw or b"") == letter()
    assert (inbound.case_id, inbound.interaction_id) == (case.pk, contact.pk)


def test_the_same_bytes_twice_they_are_one_message(desk: Desk) -> None:
    first = desk.receive(letter())
    second = desk.receive(letter())

    assert first == second
    assert len(desk.inbound()) == len(desk.cases()) == 1


def test_the_same_message_by_another_way_it_is_kept_and_ignored(desk: Desk) -> None:
    desk.receive(letter())
    other_way = b"Received: from elsewhere\r\n" + letter()

    placed = desk.receive(other_way)

    first, second = desk.inbound()
    assert (placed.status, placed.reason) == (_IGNORED, "duplicate")
    assert second.duplicate_of_id == first.pk
    assert second.case_id == first.case_id
    assert bytes(second.raw or b"") == other_way
    assert len(desk.cases()) == 1


def test_an_identifier_used_by_somebody_else_it_hides_nothing(desk: Desk) -> None:
    desk.receive(letter())

    placed = desk.receive(letter(sender="otra@x.example", body="Otra cosa."))

    assert (placed.status, placed.reason) == (_QUARANTINED, "identifier_reused")


def test_a_mail_without_identifier_it_opens_a_case_once(desk: Desk) -> None:
    desk.receive(letter(message_id=""))
    desk.receive(letter(message_id=""))

    assert len(desk.cases()) == 1


def test_a_reply_with_our_token_it_joins_its_case(desk: Desk) -> None:
    case = _opened(desk)

    placed = desk.receive(_reply(desk, case))

    assert placed.case == case.reference
    assert [contact.text for contact in desk.contacts(case)] == [
        "Quiero exportar cacao.",
        "Gracias.",
    ]
    assert desk.contacts(case)[1].flag == ""


def test_a_reply_from_another_address_it_joins_its_case_with_a_flag(desk: Desk) -> None:
    case = _opened(desk)

    placed = desk.receive(_reply(desk, case, sender="hermana@cacao.example"))

    assert placed.case == case.reference
    assert desk.contacts(case)[1].flag == "other_address"


def test_a_reply_with_an_expired_token_it_is_no_reply(desk: Desk) -> None:
    case = _opened(desk)
    reply = _reply(desk, case, sender="hermana@cacao.example")
    desk.wait(days=60)

    placed = desk.receive(reply)

    assert placed.case != case.reference


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"subject": "Re: {number}"}, id="number_in_subject"),
        pytest.param({"subject": "[{number}] Re: Consulta"}, id="number_in_brackets"),
        pytest.param({"body": "Es el caso {number}."}, id="number_in_body"),
        pytest.param({"extra": "In-Reply-To: <uno@cacao.example>\r\n"}, id="foreign_thread"),
        pytest.param({"extra": "References: <{token}@norte.example>x\r\n"}, id="broken_reference"),
        pytest.param({"to": "mesa+{number}@norte.example"}, id="number_in_address"),
        pytest.param({"to": "mesa+{forged}@norte.example"}, id="forged_token"),
    ],
)
def test_a_stranger_without_a_token_it_never_joins_a_case(
    desk: Desk, changes: dict[str, str]
) -> None:
    case = _opened(desk)
    token = _token(desk, case)
    told = {"number": case.number, "forged": token[:-2] + "aa", "token": token[3:]}
    filled = {name: text.format(**told) for name, text in changes.items()}

    desk.receive(letter(**{"sender": "otro@x.example", "message_id": "<t@x.example>", **filled}))

    assert len(desk.contacts(case)) == 1


def test_a_participant_who_answers_our_mail_without_the_token_it_joins(
    desk: Desk, post: Scripted
) -> None:
    case = _opened(desk)
    desk.deliver(post.port)
    ours = mail_of(post).message_id

    placed = desk.receive(
        letter(message_id="<d@c.example>", extra=f"References: <uno@cacao.example> {ours}\r\n")
    )

    assert placed.case == case.reference


def test_a_reply_to_a_delivered_mail_it_joins_by_what_the_mail_carried(
    desk: Desk, post: Scripted
) -> None:
    case = _opened(desk)
    desk.deliver(post.port)
    sent = mail_of(post)

    by_address = desk.receive(letter(to=sent.reply_to[0].address, message_id="<a@x>"))
    by_reference = desk.receive(
        letter(message_id="<b@x>", body="Otra.", extra=f"In-Reply-To: {sent.message_id}\r\n")
    )

    assert by_address.case == by_reference.case == case.reference


def test_an_automatic_answer_it_is_recorded_and_moves_nothing(desk: Desk) -> None:
    case = _opened(desk)
    desk.answer(case)
    before = len(desk.effects())

    placed = desk.receive(_reply(desk, case, extra="Auto-Submitted: auto-replied\r\n"))

    contact = desk.contacts(case)[1]
    assert placed.case == case.reference
    assert (contact.robot, contact.flag) == (True, "auto_reply")
    assert len(desk.effects()) == before
    assert not _has_task(desk, case, "cerrar")


def test_a_person_who_answers_it_moves_the_case_on(desk: Desk) -> None:
    case = _opened(desk)
    desk.answer(case)

    desk.receive(_reply(desk, case))

    assert _has_task(desk, case, "cerrar")


def _has_task(desk: Desk, case: Case, step: str) -> bool:
    rows = Task.objects.within(desk.organization_id)
    return rows.filter(case=case, step=step, status="open").exists()


def test_an_automatic_answer_to_nothing_it_waits_for_a_person(desk: Desk) -> None:
    placed = desk.receive(letter(extra="Auto-Submitted: auto-replied\r\n"))

    assert (placed.status, placed.reason) == (_QUARANTINED, "robot_without_case")
    assert desk.cases() == []


def test_a_mail_from_our_own_address_it_waits_for_a_person(desk: Desk) -> None:
    placed = desk.receive(letter(sender=DOOR))

    assert (placed.status, placed.reason) == (_QUARANTINED, "own_address")


@pytest.mark.parametrize("by", ["token", "identifier"])
def test_a_mail_that_came_back_it_is_shown_on_its_case_and_its_effect(
    desk: Desk, post: Scripted, by: str
) -> None:
    case = _opened(desk)
    desk.deliver(post.port)
    sent = mail_of(post)
    to = sent.reply_to[0].address if by == "token" else DOOR
    original = sent.message_id if by == "identifier" else "<unknown@x>"
    report = _REPORT.format(to=to, address=ROSA, action="failed", status="5.1.1", original=original)

    placed = desk.receive(report.encode())

    (out,) = desk.contacts(case, "out")
    assert placed.case == case.reference
    assert out.delivery == "bounced"
    assert desk.contacts(case)[1].flag == "bounce"
    assert "5.1.1" in desk.effects()[0].last_error


def test_a_report_of_delay_it_is_shown_and_changes_no_delivery(desk: Desk, post: Scripted) -> None:
    case = _opened(desk)
    desk.deliver(post.port)
    sent = mail_of(post)
    report = _REPORT.format(
        to=DOOR, address=ROSA, action="delayed", status="4.4.1", original=sent.message_id
    )

    desk.receive(report.encode())

    (out,) = desk.contacts(case, "out")
    assert out.delivery == "sent"
    assert desk.contacts(case)[1].flag == "delivery_report"


def test_a_report_about_nothing_of_ours_it_waits_for_a_person(desk: Desk) -> None:
    report = _REPORT.format(
        to=DOOR, address=ROSA, action="failed", status="5.1.1", original="<x@y>"
    )

    placed = desk.receive(report.encode())

    assert (placed.status, placed.reason) == (_QUARANTINED, "report_without_case")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"\x00" * 90, "not_a_message"),
        (b"To: mesa@norte.example\r\nSubject: hola\r\n\r\nhola", "sender_missing"),
    ],
)
def test_what_cannot_be_placed_it_is_kept_and_shown(desk: Desk, raw: bytes, reason: str) -> None:
    placed = desk.receive(raw)

    lines, more = selectors.inbox(actor=desk.agent)
    assert (placed.status, placed.reason) == (_QUARANTINED, reason)
    assert [line.reason for line in lines] == [reason]
    assert not more
    assert selectors.raw_message(actor=desk.agent, reference=placed.reference) == raw


def test_a_storm_of_new_questions_it_waits_for_a_person(desk: Desk) -> None:
    count = routing.NEW_CASES_PER_HOUR + 2
    placed = [desk.receive(letter(message_id=f"<{n}@x.example>")) for n in range(count)]

    assert [one.reason for one in placed[-3:]] == ["", "too_many", "too_many"]
    assert desk.receive(letter(sender="otra@y.example", message_id="<y@y>")).status is _PLACED
    desk.wait(hours=2)
    assert desk.receive(letter(message_id="<later@x>")).status is _PLACED


def test_a_storm_of_replies_it_stays_on_the_case_and_moves_nothing(desk: Desk) -> None:
    case = _opened(desk)
    for number in range(routing.MESSAGES_PER_HOUR + 1):
        desk.receive(_reply(desk, case, message_id=f"<{number}@x.example>"))

    contacts = desk.contacts(case)
    assert [contact.flag for contact in contacts[-3:]] == ["", "too_many", "too_many"]
    assert contacts[-1].robot


def test_a_crash_between_storing_and_placing_it_loses_nothing(desk: Desk) -> None:
    stored = services.store_raw(
        organization_id=desk.organization_id, channel="email", raw=letter(), now=desk.now
    )

    while_held = services.place_next(now=desk.now)
    desk.wait(seconds=11)
    placed = services.place_next(now=desk.now)

    assert while_held is None
    assert placed is not None
    assert (placed.reference, placed.status) == (stored.reference, _PLACED)
    assert desk.cases()[0].opened_at == desk.now - timedelta(seconds=11)
    assert services.place_next(now=desk.now) is None


def test_a_process_that_wakes_up_late_it_places_nothing_twice(desk: Desk) -> None:
    stored = services.store_raw(
        organization_id=desk.organization_id, channel="email", raw=letter(), now=desk.now
    )
    desk.wait(seconds=11)
    services.place_next(now=desk.now)

    assert stored.held is not None
    with pytest.raises(services.AlreadySettled):
        services.place(held=stored.held, now=desk.now)
    assert len(desk.cases()) == 1


def test_a_message_that_always_breaks_it_is_shown_and_holds_nobody_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("a defect of ours")

    with monkeypatch.context() as patch:
        patch.setattr(services, "route", breaks)
        first = desk.receive(letter())
        for _ in range(8):
            desk.wait(minutes=10)
            services.place_next(now=desk.now)
    other = desk.receive(letter(message_id="<otro@x>", body="Otra."))

    assert first.status is InboundStatus.RECEIVED
    assert [row.status for row in desk.inbound()] == ["failed", "placed"]
    assert other.status is _PLACED
    assert [line.reason for line in selectors.inbox(actor=desk.agent)[0]] == ["failed"]


def test_every_hostile_mail_it_has_a_place_and_feeding_all_again_changes_nothing(
    desk: Desk,
) -> None:
    samples: list[Sample] = [
        sample
        for sample in (*corpus_headers.SAMPLES, *corpus_bodies.SAMPLES, *corpus_robots.SAMPLES)
        if len(sample.raw) < 5_000_000
    ]
    for number, sample in enumerate(samples):
        desk.now += timedelta(minutes=10)
        desk.receive(sample.raw.replace(b"<uno@cacao.example>", b"<%d@cacao.example>" % number))
    rows = desk.inbound()
    counts = (len(rows), len(desk.cases()), _contact_count(desk))

    for number, sample in enumerate(samples):
        desk.receive(sample.raw.replace(b"<uno@cacao.example>", b"<%d@cacao.example>" % number))

    assert {row.status for row in rows} <= {_PLACED, _QUARANTINED, _IGNORED}
    assert (len(desk.inbound()), len(desk.cases()), _contact_count(desk)) == counts
    assert len(desk.cases()) > 100


def _contact_count(desk: Desk) -> int:
    return Interaction.objects.within(desk.organization_id).count()


def test_another_organisation_it_sees_none_of_it(desk: Desk) -> None:
    stranger = build_house("sur").agent
    placed = desk.receive(b"")

    assert selectors.inbox(actor=stranger) == ((), False)
    assert selectors.inbox_count(actor=stranger) == 0
    with pytest.raises(selectors.MessageNotFound):
        selectors.inbox_message(actor=stranger, reference=placed.reference)
    with pytest.raises(selectors.MessageNotFound):
        selectors.raw_message(actor=stranger, reference=placed.reference)
    with pytest.raises(selectors.MessageNotFound):
        repairs.discard(actor=stranger, now=desk.now, reference=placed.reference, reason="x")


def test_a_token_of_another_organisation_it_leads_nowhere(desk: Desk) -> None:
    case = _opened(desk)
    foreign = sign_token(
        reply_token_keys(),
        organization_id=desk.organization_id + 1,
        case_id=case.pk,
        correspondent=ROSA,
        expires_at=desk.now + timedelta(days=9),
    )

    placed = desk.receive(letter(to=reply_address(DOOR, foreign), message_id="<z@x>"))

    assert placed.case != case.reference


def test_files_of_a_mail_they_are_kept_with_the_contact(desk: Desk) -> None:
    raw = (
        f"From: {ROSA}\r\nTo: {DOOR}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        "--b\r\n\r\nAdjunto.\r\n--b\r\nContent-Type: application/pdf; name=../a.pdf\r\n\r\n"
        "%PDF-1.7\r\n--b--\r\n"
    )

    desk.receive(raw.encode())

    (contact,) = desk.contacts(desk.cases()[0])
    (file,) = access.files_of(contact)
    assert (file.name, file.content_type) == ("a.pdf", "application/pdf")
    assert bytes(file.blob.content) == b"%PDF-1.7"


def test_a_message_that_kills_its_process_it_is_shown_after_some_times(desk: Desk) -> None:
    services.store_raw(
        organization_id=desk.organization_id, channel="email", raw=letter(), now=desk.now
    )
    for _ in range(6):
        desk.wait(minutes=5)
        services._hold_next(desk.now)

    assert [row.status for row in desk.inbound()] == ["failed"]
    assert selectors.inbox_count(actor=desk.agent) == 1
