"""Mail that is dropped into a folder as files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import structlog

ACCEPTED: Final = "accepted"
REFUSED: Final = "refused"
_AT_ONCE: Final = 20
_LARGEST: Final = 100 * 1024 * 1024
_ENDINGS: Final = frozenset({".eml", ".txt", ".mail"})

_log = structlog.get_logger(__name__)


def take_in(folder: Path, accept: Callable[[bytes], bool]) -> int:
    """Hands mail files of `folder` to `accept`, then moves each to a subfolder by its answer.

    Takes the oldest, not more than a few at once, and says how many it took.

    A crash between the two hands the same bytes over again, which changes nothing.
    """
    taken = 0
    for path in islice(_mails(folder), _AT_ONCE):
        try:
            raw = path.read_bytes()
        except OSError as error:
            _log.warning("inbox_file_unreadable", error=type(error).__name__)
            continue
        _move(path, folder / (ACCEPTED if accept(raw) else REFUSED))
        taken += 1
    return taken


def _mails(folder: Path) -> Iterator[Path]:
    """Whole mail files, oldest first; links, hidden and very large files are left alone."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        found = [
            (entry.stat(follow_symlinks=False), Path(entry.path))
            for entry in entries
            if entry.is_file(follow_symlinks=False)
            and not entry.name.startswith(".")
            and Path(entry.name).suffix.lower() in _ENDINGS
        ]
    yield from (
        path
        for stat, path in sorted(found, key=lambda one: (one[0].st_mtime_ns, one[1].name))
        if 0 < stat.st_size <= _LARGEST
    )


def _move(path: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    number, goal = 0, target / path.name
    while goal.exists():
        number += 1
        goal = target / f"{path.stem}-{number}{path.suffix}"
    path.replace(goal)
