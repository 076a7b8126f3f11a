"""Which version of its procedure a case was on when an entry of its journal was written."""

from collections.abc import Iterable, Mapping

from ventanilla.cases.models import JournalEntry
from ventanilla.catalog.published import published
from ventanilla.core.definition.model import Procedure

MIGRATE = "migrate"
"""The command of the entry with which a case goes over; it is of the version it goes to."""


def about_migration(old: int, new: int) -> str:
    """What the entry says it is about: the rows of the two versions."""
    return f"{old}>{new}"


def versions_of(current: Procedure, entries: Iterable[JournalEntry]) -> Mapping[int, Procedure]:
    """The version of each entry, by its number; ``current`` is the case's own."""
    found: dict[int, Procedure] = {}
    procedure = current
    for entry in sorted(entries, key=lambda one: one.seq, reverse=True):
        found[entry.seq] = procedure
        if entry.command == MIGRATE:
            procedure = published(int(entry.about.partition(">")[0])).procedure
    return found
