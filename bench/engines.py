"""The databases that are measured: how each contestant gets one of its own, and what it costs."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

import psycopg
from psycopg import sql

from bench.runner import VAR


class Engine(Protocol):
    """Databases of one kind, made and copied by name."""

    @property
    def name(self) -> str:
        """What the tables call it."""

    def make(self, database: str) -> str:
        """An empty database; its address."""

    def copy(self, source: str, target: str) -> str:
        """A copy of a database that nobody is connected to; its address."""

    def server_cpu(self) -> float:
        """Processor seconds of the server so far; nothing where the client does all the work."""


@dataclass(frozen=True, slots=True)
class SQLite:
    """Files in a folder of their own, on the same disk as everything else."""

    folder: Path = VAR / "sqlite"
    name: str = "sqlite"

    def make(self, database: str) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{database}.sqlite3"
        for old in self.folder.glob(f"{database}.sqlite3*"):
            old.unlink()
        return f"sqlite:///{path}"

    def copy(self, source: str, target: str) -> str:
        address = self.make(target)
        shutil.copy(self.folder / f"{source}.sqlite3", self.folder / f"{target}.sqlite3")
        return address

    def server_cpu(self) -> float:
        return 0.0


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """The server that scripts/with_postgres started for this run."""

    address: str
    name: str = "postgresql"

    def make(self, database: str) -> str:
        return self._create(database, sql.SQL(""))

    def copy(self, source: str, target: str) -> str:
        return self._create(target, sql.SQL(" TEMPLATE {}").format(sql.Identifier(source)))

    def server_cpu(self) -> float:
        postmaster = self._postmaster()
        children = [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdecimal() and _parent(int(entry.name)) == postmaster
        ]
        ticks = sum(_ticks(pid)[0] for pid in children) + sum(_ticks(postmaster))
        return ticks / os.sysconf("SC_CLK_TCK")

    def _postmaster(self) -> int:
        folder = Path(parse_qs(urlsplit(self.address).query)["host"][0])
        return int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    def _create(self, database: str, template: sql.Composable) -> str:
        name = sql.Identifier(database)
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name) + template)
        return self.address.replace("/ventanilla?", f"/{database}?")


def engines() -> list[Engine]:
    """SQLite, and PostgreSQL where the environment names one."""
    address = os.environ.get("VENTANILLA_DATABASE", "")
    found: list[Engine] = [SQLite()]
    if address.startswith("postgresql://"):
        found.append(PostgreSQL(address))
    return found


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _ticks(pid: int) -> tuple[int, int]:
    """Own ticks, and those of children that have ended."""
    fields = _stat(pid)
    if not fields:
        return 0, 0
    return int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])


def _stat(pid: int) -> list[str]:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return []
    return text.rpartition(")")[2].split()
