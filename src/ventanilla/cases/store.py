"""The SQL of one command: read the case locked, then write all that follows from its facts.

Every step of every case passes here, so these are plain statements that both databases
understand, a fixed number of them whatever the case has been through.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from ventanilla.cases.journal import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case as stored, locked for this transaction. ``party_now`` is the registry's version."""

    id: int
    reference: UUID
    organization_id: int
    procedure_id: int
    state: str
    seq: int
    head: str
    party_id: int | None
    party_version: int
    party_now: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseColumns:
    """What the case row says after a command, beside the state itself."""

    state: str
    status: str
    result: str
    subject: str
    contact: str
    closed_at: datetime | None
    due_at: datetime | None
    wake_at: datetime | None
    party_id: int | None
    party_version: int


def case_columns(columns: CaseColumns, at: Callable[[datetime | None], Any]) -> dict[str, Any]:
    """The columns as the database takes them; ``at`` adapts its instants."""
    return {
        "state": columns.state,
        "status": columns.status,
        "result": columns.result,
        "subject": columns.subject,
        "contact": columns.contact,
        "closed_at": at(columns.closed_at),
        "due_at": at(columns.due_at),
        "wake_at": at(columns.wake_at),
        "party_id": columns.party_id,
        "party_version": columns.party_version,
    }


_SELECT = (
    "SELECT c.id, c.reference, c.organization_id, c.procedure_id, c.state, c.seq, c.head,"
    " c.party_id, c.party_version, p.version FROM cases_case c"
    " LEFT JOIN parties_party p ON p.id = c.party_id"
)


def lock_case(organization_id: int, reference: UUID) -> CaseRow | None:
    """Read a case for update; none when the organisation has no such case."""
    return _one(
        f"{_SELECT} WHERE c.reference = %s AND c.organization_id = %s{_for_update()}",
        [_uuid(reference), organization_id],
    )


def lock_next_due(now: datetime) -> CaseRow | None:
    """Read, for update, the case that has waited longest to move by itself, if one is due."""
    return _one(
        f"{_SELECT} WHERE c.wake_at <= %s ORDER BY c.wake_at LIMIT 1{_for_update(' SKIP LOCKED')}",
        [_at(now)],
    )


def set_version(case_id: int, version_id: int) -> None:
    """Let a case run on another version of its procedure."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_case SET procedure_id = %s WHERE id = %s", [version_id, case_id]
        )


def take_number(organization_id: int, book: str) -> int:
    """Take the next number of a book; the book stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_numberbook (organization_id, book, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (organization_id, book) DO UPDATE SET last = cases_numberbook.last + 1"
            " RETURNING last",
            [organization_id, book],
        )
        number: int = cursor.fetchone()[0]
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """The case that opened another, and the key under which it knows it."""

    id: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What a case is created with and never changes."""

    reference: UUID
    organization_id: int
    number: str
    procedure_id: int
    channel: str
    office: str
    opened_at: datetime
    parent: Parent | None = None


def insert_case(case: NewCase, entry: Entry, columns: CaseColumns) -> int:
    """Create a case at its first entry; its row id comes back."""
    return _insert_returning(
        "cases_case",
        {
            "reference": _uuid(case.reference),
            "organization_id": case.organization_id,
            "number": case.number,
            "procedure_id": case.procedure_id,
            "channel": case.channel,
            "office": case.office,
            "opened_at": _at(case.opened_at),
            "parent_id": case.parent.id if case.parent else None,
            "parent_key": case.parent.key if case.parent else "",
            "seq": entry.seq,
            "head": entry.hash,
            **case_columns(columns, _at),
        },
    )


def wake_later(case_id: int, at: datetime) -> None:
    """Put off when a case moves by itself; its next command sets it right again."""
    _execute("UPDATE cases_case SET wake_at = %s WHERE id = %s", [_at(at), case_id])


# --- plumbing --------------------------------------------------------------------------------


def _one(sql: str, parameters: list[Any]) -> CaseRow | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = cursor.fetchone()
    if row is None:
        return None
    return CaseRow(
        id=row[0],
        reference=row[1] if isinstance(row[1], UUID) else UUID(row[1]),
        organization_id=row[2],
        procedure_id=row[3],
        state=row[4],
        seq=row[5],
        head=row[6],
        party_id=row[7],
        party_version=row[8],
        party_now=row[9],
    )


def _execute(sql: str, parameters: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def _insert_returning(table: str, values: dict[str, Any]) -> int:
    names = ", ".join(values)
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id", list(values.values())
        )
        row_id: int = cursor.fetchone()[0]
        return row_id


def _for_update(more: str = "") -> str:
    return f" FOR UPDATE OF c{more}" if connection.vendor == "postgresql" else ""


def _at(at: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def _uuid(value: UUID) -> Any:
    return value if connection.vendor == "postgresql" else value.hex
