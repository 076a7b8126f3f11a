"""The SQL of one command: read the case locked, then write all that follows from its facts.

Every step of every case passes here, so these are plain statements that both databases
understand, a fixed number of them whatever the case has been through.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from ventanilla.cases.incoming import Arrival
from ventanilla.cases.journal import Entry
from ventanilla.cases.projection import ClockRow, Rows, TaskRow
from ventanilla.core.engine.facts import MessageOwed


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


_SELECT = (
    "SELECT c.id, c.reference, c.organization_id, c.procedure_id, c.state, c.seq, c.head,"
    " c.party_id, c.party_version, p.version FROM cases_case c"
    " LEFT JOIN parties_party p ON p.id = c.party_id"
)


@contextmanager
def together() -> Iterator[None]:
    """Send the statements inside without waiting for each answer, where the database can.

    PostgreSQL then spends about half its time on them. What fails is raised at the latest on
    leaving, as the same exception that the statement by itself would raise.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


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
class NewCase:
    """What a case is created with and never changes."""

    reference: UUID
    organization_id: int
    number: str
    procedure_id: int
    channel: str
    office: str
    opened_at: datetime


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
            "seq": entry.seq,
            "head": entry.hash,
            **_columns(columns),
        },
    )


def update_case(case_id: int, entry: Entry, columns: CaseColumns) -> None:
    """Move a case on to its next entry."""
    values = {"seq": entry.seq, "head": entry.hash, **_columns(columns)}
    settings = ", ".join(f"{name} = %s" for name in values)
    _execute(f"UPDATE cases_case SET {settings} WHERE id = %s", [*values.values(), case_id])


def wake_later(case_id: int, at: datetime) -> None:
    """Put off when a case moves by itself; its next command sets it right again."""
    _execute("UPDATE cases_case SET wake_at = %s WHERE id = %s", [_at(at), case_id])


def insert_entry(organization_id: int, case_id: int, entry: Entry) -> None:
    """Append an entry to the journal, and its personal values beside it."""
    _execute(
        "INSERT INTO cases_journalentry (organization_id, case_id, seq, actor, command, about,"
        " happened_at, recorded_at, facts, sealed, previous, hash)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            organization_id,
            case_id,
            entry.seq,
            entry.actor,
            entry.command,
            entry.about,
            _at(entry.happened_at),
            _at(entry.recorded_at),
            entry.facts,
            entry.sealed,
            entry.previous,
            entry.hash,
        ],
    )
    _insert_many(
        "cases_personalvalue",
        ("organization_id", "case_id", "seq", "position", "salt", "value"),
        [
            (organization_id, case_id, entry.seq, secret.position, secret.salt, secret.value)
            for secret in entry.secrets
        ],
    )


def write_rows(organization_id: int, case_id: int, rows: Rows, *, at: datetime, actor: str) -> None:
    """Write the tasks and clocks that a command's facts mean."""
    for status in ("done", "left"):
        keys = [key for key, ended in rows.ended_tasks.items() if ended == status]
        if keys:
            _end_tasks(case_id, keys, status, at, actor)
    _insert_tasks(organization_id, case_id, list(rows.tasks.values()), at, actor)
    for key, assignee in rows.reassigned.items():
        _execute(
            f"UPDATE cases_task SET assignee_id = {_USER} WHERE case_id = %s AND key = %s",
            [organization_id, assignee, case_id, key],
        )
    for key, due_at in rows.redated.items():
        _execute(
            "UPDATE cases_task SET due_at = %s WHERE case_id = %s AND key = %s",
            [_at(due_at), case_id, key],
        )
    for name, (status, ended_at) in rows.ended_clocks.items():
        _execute(
            "UPDATE cases_clock SET status = %s, ended_at = %s"
            " WHERE case_id = %s AND name = %s AND ended_at IS NULL",
            [status, _at(ended_at), case_id, name],
        )
    if rows.late_clocks:
        marks = ", ".join(["%s"] * len(rows.late_clocks))
        _execute(
            "UPDATE cases_clock SET status = 'late'"
            f" WHERE case_id = %s AND ended_at IS NULL AND name IN ({marks})",
            [case_id, *rows.late_clocks],
        )
    _insert_clocks(organization_id, case_id, rows.clocks)


def insert_message(
    organization_id: int, case_id: int, party_id: int | None, owed: MessageOwed, now: datetime
) -> None:
    """Write a message that was said or is to be sent; what leaves the building gets an effect."""
    leaves = owed.via != "voice"
    _insert(
        "cases_interaction",
        {
            "reference": _uuid(uuid4()),
            "organization_id": organization_id,
            "case_id": case_id,
            "party_id": party_id,
            "direction": "out",
            "medium": owed.via,
            "key": owed.key,
            "at": _at(now),
            "name": "",
            "address": owed.to[:320] if leaves else "",
            "subject": owed.subject[:500],
            "text": owed.body,
            "quoted": "",
            "html": "",
            "message_id": "",
            "robot": owed.automatic,
            "flag": "",
            "delivery": "pending" if leaves else "said",
            "seen_at": _at(now),
        },
    )
    if owed.attachments:
        marks = ", ".join(["%s"] * len(owed.attachments))
        _execute(
            f"UPDATE cases_attachment SET interaction_id = {_MESSAGE}, case_id = %s"
            f" WHERE organization_id = %s AND interaction_id IS NULL AND reference IN ({marks})",
            [case_id, owed.key, case_id, organization_id, *map(_text_uuid, owed.attachments)],
        )
    if leaves:
        _insert_effect(organization_id, case_id, owed, now)


_MESSAGE = "(SELECT id FROM cases_interaction WHERE case_id = %s AND key = %s)"


def insert_contact(
    organization_id: int, case_id: int, party_id: int | None, arrival: Arrival
) -> int:
    """Write a contact that came to a case; its row id comes back."""
    incoming = arrival.incoming
    return _insert_returning(
        "cases_interaction",
        {
            "reference": _uuid(arrival.reference),
            "organization_id": organization_id,
            "case_id": case_id,
            "party_id": party_id,
            "direction": "in",
            "medium": incoming.medium,
            "key": "",
            "at": _at(incoming.at),
            "name": incoming.name[:300],
            "address": incoming.address[:320],
            "subject": incoming.subject[:500],
            "text": incoming.text,
            "quoted": incoming.quoted,
            "html": incoming.html,
            "message_id": incoming.message_id[:998],
            "robot": incoming.robot,
            "flag": incoming.flag,
            "delivery": "",
        },
    )


def _insert_effect(organization_id: int, case_id: int, owed: MessageOwed, now: datetime) -> None:
    _execute(
        "INSERT INTO cases_effect (organization_id, case_id, interaction_id, key, medium, status,"
        " run_at, attempts, owner, last_error, created_at)"
        f" VALUES (%s, %s, {_MESSAGE}, %s, %s, 'ready', %s, 0, '', '', %s)",
        [organization_id, case_id, case_id, owed.key, owed.key, owed.via, _at(now), _at(now)],
    )


# --- tasks and clocks ------------------------------------------------------------------------

_USER = "(SELECT id FROM identity_user WHERE organization_id = %s AND email = %s)"


def _end_tasks(case_id: int, keys: list[str], status: str, at: datetime, actor: str) -> None:
    marks = ", ".join(["%s"] * len(keys))
    _execute(
        "UPDATE cases_task SET status = %s, done_at = %s, done_by = %s"
        f" WHERE case_id = %s AND key IN ({marks})",
        [status, _at(at), actor, case_id, *keys],
    )


def _insert_tasks(
    organization_id: int, case_id: int, tasks: list[TaskRow], at: datetime, actor: str
) -> None:
    if not tasks:
        return
    one = f"(%s, %s, %s, %s, %s, %s, %s, {_USER}, %s, %s, %s, %s, %s)"
    parameters: list[Any] = []
    for task in tasks:
        ended = task.status != "open"
        parameters += [
            organization_id,
            case_id,
            task.key,
            task.step,
            task.title,
            task.role,
            task.office,
            organization_id,
            task.assignee,
            task.status,
            _at(task.opened_at),
            _at(task.due_at),
            _at(at) if ended else None,
            actor if ended else "",
        ]
    _execute(
        "INSERT INTO cases_task (organization_id, case_id, key, step, title, role, office,"
        " assignee_id, status, opened_at, due_at, done_at, done_by) VALUES "
        + ", ".join([one] * len(tasks)),
        parameters,
    )


def _insert_clocks(organization_id: int, case_id: int, clocks: list[ClockRow]) -> None:
    _insert_many(
        "cases_clock",
        (
            "organization_id",
            "case_id",
            "name",
            "title",
            "started_at",
            "due_at",
            "status",
            "ended_at",
        ),
        [
            (
                organization_id,
                case_id,
                clock.name,
                clock.title,
                _at(clock.started_at),
                _at(clock.due_at),
                clock.status,
                _at(clock.ended_at),
            )
            for clock in clocks
        ],
    )


# --- plumbing --------------------------------------------------------------------------------


def _columns(columns: CaseColumns) -> dict[str, Any]:
    return {
        "state": columns.state,
        "status": columns.status,
        "result": columns.result,
        "subject": columns.subject,
        "contact": columns.contact,
        "closed_at": _at(columns.closed_at),
        "due_at": _at(columns.due_at),
        "wake_at": _at(columns.wake_at),
        "party_id": columns.party_id,
        "party_version": columns.party_version,
    }


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


def _insert(table: str, values: dict[str, Any]) -> None:
    names = ", ".join(values)
    marks = ", ".join(["%s"] * len(values))
    _execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))


def _insert_returning(table: str, values: dict[str, Any]) -> int:
    names = ", ".join(values)
    marks = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id", list(values.values())
        )
        row_id: int = cursor.fetchone()[0]
        return row_id


def _insert_many(table: str, names: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        return
    one = "(" + ", ".join(["%s"] * len(names)) + ")"
    _execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES " + ", ".join([one] * len(rows)),
        [value for row in rows for value in row],
    )


def _for_update(more: str = "") -> str:
    return f" FOR UPDATE OF c{more}" if connection.vendor == "postgresql" else ""


def _at(at: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def _uuid(value: UUID) -> Any:
    return value if connection.vendor == "postgresql" else value.hex


def _text_uuid(text: str) -> Any:
    return _uuid(UUID(text))
