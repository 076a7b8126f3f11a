"""Handing in: what the server says at each stage decides what happens to the message."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.support.mail_servers import scripted
from ventanilla.channels.compose import Composed
from ventanilla.channels.smtp import Fault, HandInFailed, SmtpLine, SmtpServer
from ventanilla.demo.sink import kept_mails, mail_sink, read_kept, read_kept_raw

_MESSAGE: Final = Composed(
    envelope_sender="exportador+abc@promperu.example",
    envelope_recipient="rosa@cacao.example",
    message_id="<uno@promperu.example>",
    raw=b"From: exportador@promperu.example\r\nTo: rosa@cacao.example\r\nSubject: Datos\r\n"
    b"Message-ID: <uno@promperu.example>\r\n\r\n.punto\r\nHola\r\n",
    needs_utf8=False,
)


def _line(port: int, timeout: float = 5.0) -> SmtpLine:
    return SmtpLine(SmtpServer(host="127.0.0.1", port=port, timeout_seconds=timeout))


def _yes() -> bool:
    return True


def _fault(port: int, message: Composed = _MESSAGE, still: Callable[[], bool] = _yes) -> Fault:
    with pytest.raises(HandInFailed) as caught:
        _line(port, timeout=0.5).hand_in(message, still)
    return caught.value.fault


def test_a_message_it_arrives_whole_in_the_sink(tmp_path: Path) -> None:
    with mail_sink(tmp_path, port=0) as port:
        line = _line(port)
        line.hand_in(_MESSAGE, _yes)
        line.close()

    (kept,) = kept_mails(tmp_path)
    assert (kept.recipient, kept.subject) == ("rosa@cacao.example", "Datos")
    raw = read_kept_raw(tmp_path, kept.name)
    assert raw == b"X-Original-To: rosa@cacao.example\r\n" + _MESSAGE.raw
    mail = read_kept(tmp_path, kept.name)
    assert mail is not None
    assert mail.text == ".punto\nHola"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "x", "1" * 19, "." * 32])
def test_a_mail_that_the_sink_does_not_hold_it_is_none(tmp_path: Path, name: str) -> None:
    assert read_kept_raw(tmp_path, name) is None


def test_two_messages_they_share_a_connection() -> None:
    with scripted() as server:
        line = _line(server.port)
        line.hand_in(_MESSAGE, _yes)
        line.hand_in(_MESSAGE, _yes)
        line.close()

    assert server.connections == 1
    assert len(server.bodies) == 2


def test_a_connection_that_died_meanwhile_it_is_made_anew() -> None:
    with scripted(RSET=b"") as server:
        line = _line(server.port)
        line.hand_in(_MESSAGE, _yes)
        line.hand_in(_MESSAGE, _yes)
        line.close()

    assert server.connections == 2
    assert len(server.bodies) == 2


@pytest.mark.parametrize(
    ("stage", "answer", "fault"),
    [
        ("greeting", b"554 go away\r\n", Fault.SERVER),
        ("greeting", b"421 busy\r\n", Fault.SERVER),
        ("greeting", b"", Fault.SERVER),
        ("greeting", b"\xff\xfe\r\n", Fault.SERVER),
        ("EHLO", b"", Fault.SERVER),
        ("MAIL", b"", Fault.SERVER),
        ("MAIL", b"421 closing\r\n", Fault.SERVER),
        ("MAIL", b"451 later\r\n", Fault.FOR_NOW),
        ("MAIL", b"530 sign in first\r\n", Fault.SERVER),
        ("MAIL", b"552 too large\r\n", Fault.FOR_GOOD),
        ("RCPT", b"", Fault.SERVER),
        ("RCPT", b"450 greylisted\r\n", Fault.FOR_NOW),
        ("RCPT", b"550 5.1.1 no such user\r\n", Fault.FOR_GOOD),
        ("DATA", b"", Fault.SERVER),
        ("DATA", b"451 later\r\n", Fault.FOR_NOW),
        ("DATA", b"554 no\r\n", Fault.FOR_GOOD),
        ("end", b"", Fault.SERVER),
        ("end", b"452 disk full\r\n", Fault.FOR_NOW),
        ("end", b"550 looks bad\r\n", Fault.FOR_GOOD),
    ],
)
def test_a_refusal_at_a_stage_it_is_told_apart(stage: str, answer: bytes, fault: Fault) -> None:
    with scripted(**{stage: answer}) as server:
        assert _fault(server.port) is fault


def test_a_server_that_is_not_there_it_is_the_servers_fault() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])

    assert _fault(port) is Fault.SERVER


def test_a_server_that_never_answers_it_is_the_servers_fault() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert _fault(int(listener.getsockname()[1])) is Fault.SERVER


def test_a_lost_lease_it_stops_before_the_content() -> None:
    with scripted() as server:
        assert _fault(server.port, still=lambda: False) is Fault.LEASE

    assert server.bodies == []


def test_an_address_of_other_letters_it_needs_a_server_that_understands(tmp_path: Path) -> None:
    message = Composed(
        envelope_sender=_MESSAGE.envelope_sender,
        envelope_recipient="ñandú@cacao.example",
        message_id=_MESSAGE.message_id,
        raw=_MESSAGE.raw,
        needs_utf8=True,
    )

    with scripted() as server:
        assert _fault(server.port, message) is Fault.FOR_GOOD
    with mail_sink(tmp_path, port=0) as port:
        line = _line(port)
        line.hand_in(message, _yes)
        line.close()
    assert len(kept_mails(tmp_path)) == 1
