"""What moves by itself: cases whose time has come, mail that came, mail that is owed."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

import structlog
from django.db import Error as DatabaseFailure
from django.db import close_old_connections, connection

from ventanilla.cases.services import tick_next
from ventanilla.channels.delivery import Delivered, deliver_next
from ventanilla.channels.folder import take_in
from ventanilla.channels.intake import DoorUnknown, receive_mail
from ventanilla.channels.services import place_next
from ventanilla.channels.smtp import SmtpLine, SmtpServer
from ventanilla.identity.brakes import forget_old_tries
from ventanilla.identity.sessions import forget_expired_sessions

Clock = Callable[[], datetime]

IDLE_SECONDS: Final = 0.5
_AWAY: Final = timedelta(seconds=15)
_AFTER_FAILURE_SECONDS: Final = 5.0
_TIDY_EVERY: Final = timedelta(hours=1)

_log = structlog.get_logger(__name__)


class Worker:
    """Two lanes: mail goes out in one, everything else in the other, so neither waits long."""

    def __init__(
        self, *, clock: Clock, server: SmtpServer | None, inbox: Path | None = None
    ) -> None:
        self.name = f"{socket.gethostname()[:20]}.{os.getpid()}.{uuid4().hex[:12]}"
        self._clock = clock
        self._line = SmtpLine(server) if server is not None else None
        self._inbox = inbox
        self._stop = threading.Event()
        self._server_away_until: datetime | None = None
        self._tidied_at: datetime | None = None

    def run(self) -> None:
        """Works until `stop` is called; what is begun is finished."""
        out = threading.Thread(target=self._lane, args=(self._one_out,), name="mail-out")
        out.start()
        try:
            self._lane(self._one_in)
        finally:
            self._stop.set()
            out.join()
            self._close_line()

    def run_once(self) -> int:
        """Does all that is due now, and what follows from it at once; returns how much it was."""
        done = 0
        while not self._stop.is_set() and (self._one_in() or self._one_out()):
            done += 1
        self._close_line()
        return done

    def stop(self) -> None:
        """Asks both lanes to end after the thing in hand."""
        self._stop.set()

    def _lane(self, do_one: Callable[[], bool]) -> None:
        with _connection_of_this_thread():
            while not self._stop.is_set():
                if not self._survives(do_one):
                    self._stop.wait(IDLE_SECONDS)

    def _survives(self, do_one: Callable[[], bool]) -> bool:
        """Does one thing; what fails is logged, and neither ends the worker nor heats it."""
        try:
            return do_one()
        except DatabaseFailure as error:
            _log.warning("database_away", error=type(error).__name__)
            close_old_connections()
        except Exception as error:  # noqa: BLE001 - the worker outlives a defect
            _log.exception("work_failed", error=type(error).__name__)
        self._stop.wait(_AFTER_FAILURE_SECONDS)
        return False

    def _one_in(self) -> bool:
        """Some files of the inbox, one message placed, one case moved on; none waits for others."""
        did_inbox = self._inbox is not None and take_in(self._inbox, self._accept) > 0
        did_place = place_next(now=self._clock()) is not None
        did_tick = tick_next(now=self._clock())
        did_something = did_inbox or did_place or did_tick
        if not did_something:
            self._tidy()
        return did_something

    def _tidy(self) -> None:
        """Clears away, once an hour and when there is nothing else to do, what nobody needs."""
        now = self._clock()
        if self._tidied_at is not None and now < self._tidied_at + _TIDY_EVERY:
            return
        self._tidied_at = now
        forget_expired_sessions()
        forget_old_tries(now=now)

    def _accept(self, raw: bytes) -> bool:
        try:
            receive_mail(raw=raw, now=self._clock())
        except DoorUnknown:
            _log.warning("inbox_mail_for_nobody")
            return False
        return True

    def _one_out(self) -> bool:
        """One mail handed in. While the server is away nothing is tried."""
        now = self._clock()
        if self._line is None:
            return False
        if self._server_away_until is not None and now < self._server_away_until:
            return False
        outcome = deliver_next(worker=self.name, line=self._line, clock=self._clock)
        away = outcome is Delivered.SERVER_AWAY
        self._server_away_until = now + _AWAY if away else None
        if outcome is None:
            self._close_line()
        return outcome is not None and not away

    def _close_line(self) -> None:
        if self._line is not None:
            self._line.close()


@contextmanager
def _connection_of_this_thread() -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()
