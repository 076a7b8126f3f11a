"""`ventanilla receive [--channel NAME] [--organization SLUG] < raw`: one inbound message."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Final

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from ventanilla.channels.intake import DoorUnknown, receive_mail

_LARGEST: Final = 100 * 1024 * 1024
_TRY_AGAIN: Final = 75
_USAGE: Final = 64
_TOO_LARGE: Final = 65


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Takes in one raw message from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--channel", help="the channel it came by; if left out, its address")
        parser.add_argument("--organization", help="the organisation, when there are several")

    def handle(self, *args: object, **options: str | None) -> None:
        """Exit status 0 means that the bytes are safe; 75 asks the mail server to try again."""
        raw = sys.stdin.buffer.read(_LARGEST + 1)
        if len(raw) > _LARGEST:
            raise CommandError("The message is larger than 100 MB.", returncode=_TOO_LARGE)
        try:
            placement = receive_mail(
                raw=raw,
                now=datetime.now(UTC),
                channel=options["channel"],
                organization=options["organization"],
            )
        except DoorUnknown as problem:
            raise CommandError(str(problem), returncode=_USAGE) from problem
        except DatabaseError as problem:
            raise CommandError(
                f"The database did not take it: {type(problem).__name__}.", returncode=_TRY_AGAIN
            ) from problem
        words = (str(placement.status), placement.number or placement.reason)
        self.stdout.write(" ".join(word for word in words if word))
