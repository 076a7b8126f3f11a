"""Handing a message to the mail server, told apart by whose fault a failure is."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ventanilla.channels.compose import Composed
from ventanilla.channels.mail.charsets import one_line

_SERVER_REFUSES_US: Final = frozenset({530, 534, 535, 538})
_CLOSING: Final = 421
_DETAIL: Final = 300


class Security(StrEnum):
    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    host: str
    port: int
    user: str = ""
    password: str = ""
    security: Security = Security.NONE
    timeout_seconds: float = 15.0


class Fault(StrEnum):
    """Who has to change something before the message can leave."""

    SERVER = "server"
    """Our mail server is away or does not want us: no message would leave."""

    FOR_NOW = "for_now"
    """This message is refused now and may be taken later."""

    FOR_GOOD = "for_good"
    """This message will not be taken, however often it is tried."""

    LEASE = "lease"
    """Somebody else has taken the message over; it was not handed in."""


class HandInFailed(Exception):
    """The message was not taken; `fault` says what to do about it."""

    def __init__(self, fault: Fault, detail: str) -> None:
        super().__init__(detail)
        self.fault = fault
        self.detail = detail


class SmtpLine:
    """A connection that is opened when needed and serves several messages."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._open: smtplib.SMTP | None = None

    def hand_in(self, message: Composed, still_ours: Callable[[], bool]) -> None:
        """Hands `message` in, or raises HandInFailed.

        `still_ours` is asked last, just before the content goes: a false answer leaves it unsent.
        """
        try:
            self._hand_in(self._connected(), message, still_ours)
        except HandInFailed:
            self.close()
            raise
        except smtplib.SMTPServerDisconnected as error:
            self.close()
            raise HandInFailed(Fault.SERVER, _words(error)) from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self.close()
            raise HandInFailed(Fault.SERVER, _words(error)) from error

    def close(self) -> None:
        """Ends the connection; a server that is gone does not matter any more."""
        line, self._open = self._open, None
        if line is None:
            return
        try:
            line.quit()
        except (smtplib.SMTPException, OSError):
            line.close()

    def _connected(self) -> smtplib.SMTP:
        if self._open is not None and _answers(self._open):
            return self._open
        self.close()
        self._open = _connect(self._server)
        return self._open

    def _hand_in(
        self, line: smtplib.SMTP, message: Composed, still_ours: Callable[[], bool]
    ) -> None:
        options = [f"size={len(message.raw)}"] if line.has_extn("size") else []
        if message.needs_utf8:
            if not line.has_extn("smtputf8"):
                raise HandInFailed(Fault.FOR_GOOD, "the mail server takes no such address")
            options += ["SMTPUTF8", "BODY=8BITMIME"]
            line.command_encoding = "utf-8"
        _expect_taken(line.mail(message.envelope_sender, options))
        _expect_taken(line.rcpt(message.envelope_recipient))
        if not still_ours():
            raise HandInFailed(Fault.LEASE, "the lease was lost")
        try:
            _expect_taken(line.data(message.raw))
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error


def _connect(server: SmtpServer) -> smtplib.SMTP:
    if server.security is Security.TLS:
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host,
            server.port,
            timeout=server.timeout_seconds,
            context=ssl.create_default_context(),
        )
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
    try:
        line.ehlo_or_helo_if_needed()
        if server.security is Security.STARTTLS:
            line.starttls(context=ssl.create_default_context())
            line.ehlo()
        if server.user:
            line.login(server.user, server.password)
    except BaseException:
        line.close()
        raise
    return line


def _answers(line: smtplib.SMTP) -> bool:
    """Whether a connection that was used before is still good for the next message."""
    try:
        code, _ = line.rset()
    except (smtplib.SMTPException, OSError):
        return False
    return code == 250


def _expect_taken(answer: tuple[int, bytes]) -> None:
    code, words = answer
    if not 200 <= code < 300:
        raise _refusal(code, words)


def _refusal(code: int, words: bytes | str) -> HandInFailed:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    detail = one_line(f"{code} {text}", _DETAIL)
    if code == _CLOSING or code in _SERVER_REFUSES_US:
        return HandInFailed(Fault.SERVER, detail)
    return HandInFailed(Fault.FOR_GOOD if code >= 500 else Fault.FOR_NOW, detail)


def _words(error: Exception) -> str:
    return one_line(f"{type(error).__name__}: {error}", _DETAIL)
