"""`ventanilla work [--once] [--now INSTANT]`: the worker."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ventanilla.channels.smtp import Security, SmtpServer
from ventanilla.channels.worker import Clock, Worker


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Moves cases whose time has come, places mail that came, delivers mail that is owed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due, then end")
        parser.add_argument("--now", help="pretend it is this instant (demonstration and tests)")

    def handle(self, *args: object, once: bool, now: str | None, **options: object) -> None:
        worker = Worker(clock=_clock(now, once=once), server=mail_server(), inbox=inbox_folder())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: worker.stop())
        if once:
            done = worker.run_once()
            self.stdout.write(f"{done}")
            return
        worker.run()


def mail_server() -> SmtpServer | None:
    """The server that the settings name; none when the installation sends no mail."""
    if settings.ENVIRONMENT.mail is None:
        return None
    return SmtpServer(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        security=Security(settings.ENVIRONMENT.mail.security),
    )


def inbox_folder() -> Path | None:
    """The folder whose files are taken in as mail, if the installation has one."""
    folder = settings.INBOX_FOLDER
    return Path(folder) if folder else None


def _clock(now: str | None, *, once: bool) -> Clock:
    if now is None:
        return lambda: datetime.now(UTC)
    if not settings.ENVIRONMENT.demo:
        raise CommandError("--now works in a demonstration only (VENTANILLA_DEMO=1).", returncode=2)
    if not once:
        raise CommandError("--now needs --once: time would stand still.", returncode=2)
    try:
        instant = datetime.fromisoformat(now)
    except ValueError as problem:
        raise CommandError(f"--now is not an instant: {now!r}", returncode=2) from problem
    if instant.tzinfo is None:
        raise CommandError("--now needs an offset, as in 2026-11-23T09:00-05:00.", returncode=2)
    return lambda: instant
