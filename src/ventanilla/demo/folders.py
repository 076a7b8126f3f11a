"""Where the demonstration keeps its files: beside its database."""

from dataclasses import dataclass
from pathlib import Path

DEFAULT = Path("var/demo")


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


def demo_folders(database_name: str) -> Folders:
    """The folders that go with a database: its own folder when it is a file."""
    path = Path(database_name)
    return Folders(root=path.parent if path.suffix == ".sqlite3" else DEFAULT.absolute())
