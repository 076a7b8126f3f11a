"""The limit: bare statements write the rows that the services were seen to write.

One transaction an operation, one INSERT a table, nothing computed but fresh keys. For a step the
case is read locked first: nobody can do without.
"""

import itertools
import os
import pickle
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

import psycopg

from bench.contestant import serve
from bench.services.writing import Fresh, Insert, Update, Writing

Ids = dict[tuple[str, int], int]
Filler = Callable[[Ids], Any]


class Link(Protocol):
    """A connection, spoken to in one dialect."""

    mark: str
    lock: str

    def transaction(self) -> Any: ...

    def execute(self, statement: str, values: Sequence[Any]) -> list[Any]:
        """Run one statement and fetch what it returns."""


class SQLiteLink:
    mark = "?"
    lock = ""

    def __init__(self, address: str) -> None:
        path = urlsplit(address).path.removeprefix("/")
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=20)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._connection.execute(f"PRAGMA {pragma}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        yield
        self._connection.execute("COMMIT")

    def execute(self, statement: str, values: Sequence[Any]) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()


class PostgreSQLLink:
    mark = "%s"
    lock = " FOR UPDATE"

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True)

    def transaction(self) -> Any:
        return self._connection.transaction()

    def execute(self, statement: str, values: Sequence[Any]) -> list[Any]:
        cursor = self._connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


class Replay:
    """One operation's writing, prepared as statements with places to fill."""

    def __init__(self, link: Link, writing: Writing, numbers: Iterator[int]) -> None:
        self._link = link
        self._numbers = numbers
        groups = itertools.groupby(writing.inserts, key=lambda row: (row.table, tuple(row.values)))
        self._inserts = [self._prepared_insert(list(rows)) for _, rows in groups]
        self._updates = [self._prepared_update(update) for update in writing.updates]

    def run(self, ids: Ids) -> None:
        """Write everything once; `ids` maps old rows to the new ones and learns those made here."""
        for statement, keys, fillers in self._inserts:
            made = self._link.execute(statement, [fill(ids) for fill in fillers])
            ids.update(zip(keys, (row[0] for row in made), strict=True))
        for statement, fillers in self._updates:
            self._link.execute(statement, [fill(ids) for fill in fillers])

    def _prepared_insert(
        self, rows: list[Insert]
    ) -> tuple[str, list[tuple[str, int]], list[Filler]]:
        columns = list(rows[0].values)
        marks = f"({', '.join([self._link.mark] * len(columns))})"
        statement = (
            f"INSERT INTO {rows[0].table} ({', '.join(columns)}) "
            f"VALUES {', '.join([marks] * len(rows))} RETURNING id"
        )
        fillers = [self._filler(row, name) for row in rows for name in columns]
        return statement, [(row.table, row.id) for row in rows], fillers

    def _prepared_update(self, update: Update) -> tuple[str, list[Filler]]:
        settings = ", ".join(f"{name} = {self._link.mark}" for name in update.values)
        statement = f"UPDATE {update.table} SET {settings} WHERE id = {self._link.mark}"
        key = (update.table, update.id)
        fillers = [self._filler(update, name) for name in update.values]
        return statement, [*fillers, lambda ids: ids.get(key, key[1])]

    def _filler(self, row: Insert | Update, name: str) -> Filler:
        value = row.values[name]
        if name in row.points:
            target = row.points[name]
            return lambda ids: ids[target]
        fresh = row.fresh.get(name) if isinstance(row, Insert) else None
        match fresh:
            case None:
                return lambda _: value
            case Fresh.UUID:
                return lambda _: UUID(int=next(self._numbers))
            case Fresh.HEX:
                return lambda _: UUID(int=next(self._numbers)).hex
            case Fresh.TEXT:
                return lambda _: f"{next(self._numbers):0{len(value)}d}"


def main() -> None:
    address = os.environ["BENCH_DATABASE"]
    link: Link = SQLiteLink(address) if address.startswith("sqlite") else PostgreSQLLink(address)
    numbers = itertools.count(10**12)
    opening, step = pickle.loads(Path(os.environ["BENCH_ROWS"]).read_bytes())
    open_replay, step_replay = Replay(link, opening, numbers), Replay(link, step, numbers)
    case = next(row for row in opening.inserts if row.table == "cases_case")
    read = f"SELECT state, seq, head FROM cases_case WHERE id = {link.mark}{link.lock}"
    waiting: list[Ids] = []

    def open_cases(times: int) -> None:
        for _ in range(times):
            ids: Ids = {}
            with link.transaction():
                open_replay.run(ids)
            waiting.append(ids)

    def step_cases(times: int) -> None:
        for _ in range(times):
            ids = waiting.pop()
            with link.transaction():
                link.execute(read, [ids[case.table, case.id]])
                step_replay.run(ids)

    serve({"open": open_cases, "step": step_cases})


if __name__ == "__main__":
    main()
