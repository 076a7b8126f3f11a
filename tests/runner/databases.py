"""A database of its own for an installation whose processes are going to be killed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql


@contextmanager
def fresh_database(folder: Path) -> Iterator[str]:
    """The address of an empty database on the engine under test."""
    server = os.environ.get("VENTANILLA_DATABASE", "")
    if not server.startswith("postgresql://"):
        yield f"sqlite:///{folder / 'killed.sqlite3'}"
        return
    name = f"killed_{uuid4().hex[:12]}"
    _run(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield server.replace("/ventanilla?", f"/{name}?")
    finally:
        _run(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _run(server: str, statement: sql.Composed) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
