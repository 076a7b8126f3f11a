"""What the services answer: the case moved, or nothing changed and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ventanilla.core.engine.commands import Refused
from ventanilla.core.engine.facts import Fact


class CaseNotFound(Exception):
    """The actor's organisation has no such case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A command was accepted; these are the facts that now hold. ``tasks`` are those now open."""

    reference: UUID
    number: str
    status: str
    result: str
    tasks: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMoved:
    """A command was refused and nothing changed.

    When somebody else was first, ``done_by`` is that person's name and ``done_at`` when it was.
    """

    refusal: Refused
    done_by: str = ""
    done_at: datetime | None = None


Outcome = Moved | NotMoved
