"""Looks at the files of packs while somebody edits them, and tells what is wrong with each anew."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ventanilla.core.definition.problems import Problem
from ventanilla.packs.reader import PackFiles, read_pack
from ventanilla.packs.workbench import Workbench

Tell = Callable[[Path, str, tuple[Problem, ...]], None]
"""What is done with the problems of one file of a pack's folder."""

PAUSE = 0.3
"""Seconds between two looks."""


class Watch:
    """The packs in some folders, as they were at the last look."""

    def __init__(self, folders: list[Path]) -> None:
        self._packs = {folder: read_pack(folder) for folder in folders}
        self._benches = {folder: Workbench(pack) for folder, pack in self._packs.items()}

    def look(self, tell: Tell) -> None:
        """Tell of every file that has another text than before."""
        for folder, before in self._packs.items():
            now = read_pack(folder)
            for path in _changed(before, now):
                tell(folder, path, self._benches[folder].check(path, now.files[path]))
            self._packs[folder] = now


def _changed(before: PackFiles, now: PackFiles) -> Iterator[str]:
    old: Mapping[str, str] = before.files
    return (path for path, text in now.files.items() if old.get(path) != text)
