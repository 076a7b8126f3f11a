"""Writing what one command means: the entry, the case and its rows, in as few waits as can be."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.backends.utils import CursorWrapper

from ventanilla.cases.incoming import Arrival
from ventanilla.cases.journal import Entry
from ventanilla.cases.projection import ClockRow, Rows, TaskRow
from ventanilla.cases.store import CaseColumns, case_columns
from ventanilla.core.engine.facts import MessageOwed

_USER = "(SELECT id FROM identity_user WHERE organization_id = %s AND email = %s)"
_MESSAGE = "(SELECT id FROM cases_interaction WHERE case_id = %s AND key = %s)"


@contextmanager
def writing(organization_id: int, case_id: int) -> Iterator["Writer"]:
    """Write to a case: one cursor, and no waiting for each answer where the database can.

    PostgreSQL then spends about half its time on the statements. What fails is raised at the
    latest on leaving, as the same exception that the statement by itself would raise.
    """
    with connection.cursor() as cursor:
        writer = Writer(cursor, organization_id, case_id)
        if connection.vendor != "postgresql":
            yield writer
            return
        with connection.wrap_database_errors, connection.connection.pipeline():
            yield writer


class Writer:
    """The statements of one command on one case. None of them gives an answer."""

    def __init__(self, cursor: CursorWrapper, organization_id: int, case_id: int) -> None:
        self._cursor = cursor
        self._organization_id = organization_id
        self._case_id = case_id
        self._at = connection.ops.adapt_datetimefield_value
        self._native_uuid = connection.vendor == "postgresql"

    def update_case(self, entry: Entry, columns: CaseColumns) -> None:
        """Move a case on to its next entry."""
        values = {"seq": entry.seq, "head": entry.hash, **case_columns(columns, self._at)}
        settings = ", ".join(f"{name} = %s" for name in values)
        self._execute(
            f"UPDATE cases_case SET {settings} WHERE id = %s", [*values.values(), self._case_id]
        )

    def insert_entry(self, entry: Entry) -> None:
        """Append an entry to the journal, and its personal values beside it."""
        self._execute(
            "INSERT INTO cases_journalentry (organization_id, case_id, seq, actor, command, about,"
            " happened_at, recorded_at, facts, sealed, previous, hash)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                self._organization_id,
                self._case_id,
                entry.seq,
                entry.actor,
                entry.command,
                entry.about,
                self._at(entry.happened_at),
                self._at(entry.recorded_at),
                entry.facts,
                entry.sealed,
                entry.previous,
                entry.hash,
            ],
        )
        self._insert_many(
            "cases_personalvalue",
            ("organization_id", "case_id", "seq", "position", "salt", "value"),
            [
                (
                    self._organization_id,
                    self._case_id,
                    entry.seq,
                    secret.position,
                    secret.salt,
                    secret.value,
                )
                for secret in entry.secrets
            ],
        )

    def write_rows(self, rows: Rows, *, at: datetime, actor: str) -> None:
        """Write the tasks and clocks that a command's facts mean."""
        for status in ("done", "left"):
            keys = [key for key, ended in rows.ended_tasks.items() if ended == status]
            if keys:
                self._end_tasks(keys, status, at, actor)
        self._insert_tasks(list(rows.tasks.values()), at, actor)
        for key, assignee in rows.reassigned.items():
            self._execute(
                f"UPDATE cases_task SET assignee_id = {_USER} WHERE case_id = %s AND key = %s",
                [self._organization_id, assignee, self._case_id, key],
            )
        for key, due_at in rows.redated.items():
            self._execute(
                "UPDATE cases_task SET due_at = %s WHERE case_id = %s AND key = %s",
                [self._at(due_at), self._case_id, key],
            )
        for name, due_at in rows.redated_clocks.items():
            self._execute(
                "UPDATE cases_clock SET due_at = %s, status = 'running'"
                " WHERE case_id = %s AND name = %s AND ended_at IS NULL",
                [self._at(due_at), self._case_id, name],
            )
        for name, (status, ended_at) in rows.ended_clocks.items():
            self._execute(
                "UPDATE cases_clock SET status = %s, ended_at = %s"
                " WHERE case_id = %s AND name = %s AND ended_at IS NULL",
                [status, self._at(ended_at), self._case_id, name],
            )
        if rows.late_clocks:
            marks = ", ".join(["%s"] * len(rows.late_clocks))
            self._execute(
                "UPDATE cases_clock SET status = 'late'"
                f" WHERE case_id = %s AND ended_at IS NULL AND name IN ({marks})",
                [self._case_id, *rows.late_clocks],
            )
        self._insert_clocks(rows.clocks)

    def insert_message(self, party_id: int | None, owed: MessageOwed, now: datetime) -> None:
        """Write a message that was said or is to be sent; what leaves gets an effect."""
        leaves = owed.via != "voice"
        self._insert(
            "cases_interaction",
            {
                "reference": self._uuid(uuid4()),
                "organization_id": self._organization_id,
                "case_id": self._case_id,
                "party_id": party_id,
                "direction": "out",
                "medium": owed.via,
                "key": owed.key,
                "at": self._at(now),
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
                "seen_at": self._at(now),
            },
        )
        if owed.attachments:
            marks = ", ".join(["%s"] * len(owed.attachments))
            self._execute(
                f"UPDATE cases_attachment SET interaction_id = {_MESSAGE}, case_id = %s"
                " WHERE organization_id = %s AND interaction_id IS NULL"
                f" AND reference IN ({marks})",
                [
                    self._case_id,
                    owed.key,
                    self._case_id,
                    self._organization_id,
                    *(self._uuid(UUID(one)) for one in owed.attachments),
                ],
            )
        if leaves:
            self._insert_effect(owed, now)

    def insert_contact(self, party_id: int | None, arrival: Arrival) -> None:
        """Write a contact that came to the case."""
        incoming = arrival.incoming
        self._insert(
            "cases_interaction",
            {
                "reference": self._uuid(arrival.reference),
                "organization_id": self._organization_id,
                "case_id": self._case_id,
                "party_id": party_id,
                "direction": "in",
                "medium": incoming.medium,
                "key": "",
                "at": self._at(incoming.at),
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

    def _insert_effect(self, owed: MessageOwed, now: datetime) -> None:
        self._execute(
            "INSERT INTO cases_effect (organization_id, case_id, interaction_id, key, medium,"
            " status, run_at, attempts, owner, last_error, created_at)"
            f" VALUES (%s, %s, {_MESSAGE}, %s, %s, 'ready', %s, 0, '', '', %s)",
            [
                self._organization_id,
                self._case_id,
                self._case_id,
                owed.key,
                owed.key,
                owed.via,
                self._at(now),
                self._at(now),
            ],
        )

    def _end_tasks(self, keys: list[str], status: str, at: datetime, actor: str) -> None:
        marks = ", ".join(["%s"] * len(keys))
        self._execute(
            "UPDATE cases_task SET status = %s, done_at = %s, done_by = %s"
            f" WHERE case_id = %s AND key IN ({marks})",
            [status, self._at(at), actor, self._case_id, *keys],
        )

    def _insert_tasks(self, tasks: list[TaskRow], at: datetime, actor: str) -> None:
        if not tasks:
            return
        one = f"(%s, %s, %s, %s, %s, %s, %s, {_USER}, %s, %s, %s, %s, %s)"
        parameters: list[Any] = []
        for task in tasks:
            ended = task.status != "open"
            parameters += [
                self._organization_id,
                self._case_id,
                task.key,
                task.step,
                task.title[:300],
                task.role,
                task.office,
                self._organization_id,
                task.assignee,
                task.status,
                self._at(task.opened_at),
                self._at(task.due_at),
                self._at(at) if ended else None,
                actor if ended else "",
            ]
        self._execute(
            "INSERT INTO cases_task (organization_id, case_id, key, step, title, role, office,"
            " assignee_id, status, opened_at, due_at, done_at, done_by) VALUES "
            + ", ".join([one] * len(tasks)),
            parameters,
        )

    def _insert_clocks(self, clocks: list[ClockRow]) -> None:
        self._insert_many(
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
                    self._organization_id,
                    self._case_id,
                    clock.name,
                    clock.title[:300],
                    self._at(clock.started_at),
                    self._at(clock.due_at),
                    clock.status,
                    self._at(clock.ended_at),
                )
                for clock in clocks
            ],
        )

    def _insert(self, table: str, values: dict[str, Any]) -> None:
        names = ", ".join(values)
        marks = ", ".join(["%s"] * len(values))
        self._execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))

    def _insert_many(self, table: str, names: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        if not rows:
            return
        one = "(" + ", ".join(["%s"] * len(names)) + ")"
        self._execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES " + ", ".join([one] * len(rows)),
            [value for row in rows for value in row],
        )

    def _execute(self, sql: str, parameters: list[Any]) -> None:
        self._cursor.execute(sql, parameters)

    def _uuid(self, value: UUID) -> Any:
        return value if self._native_uuid else value.hex
