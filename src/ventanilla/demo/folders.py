"""Where the demonstration keeps its files: beside its database."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DEFAULT = Path("var/demo")


class InUse(Exception):
    """Somebody serves the demonstration, or makes it anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """The demonstration's folder and what is in it."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "ventanilla.sqlite3"

    @property
    def inbox(self) -> Path:
        """Mail files dropped here are received."""
        return self.root / "inbox"

    @property
    def sink(self) -> Path:
        """Mail that was sent ends here and goes no further."""
        return self.root / "sink"


@contextmanager
def held(folders: Folders, *, alone: bool) -> Iterator[None]:
    """The demonstration stays where it is while the block runs; InUse when that cannot be."""
    folders.root.mkdir(parents=True, exist_ok=True)
    with (folders.root / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise InUse(str(folders.root)) from taken
        yield


def demo_folders(database_name: str) -> Folders:
    """The folders that go with a database: its own folder when it is a file."""
    path = Path(database_name)
    return Folders(root=path.parent if path.suffix == ".sqlite3" else DEFAULT.absolute())
