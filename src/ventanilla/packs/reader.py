"""Finds packs, reads their files, and compiles them: from a folder or from files kept elsewhere."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar

from ventanilla.core.businesstime import RULES, Calendar, CalendarError
from ventanilla.core.definition.compile import (
    CalendarMaker,
    CalendarPlan,
    CalendarRefused,
    Compiled,
    Letter,
    Outside,
    PackNodes,
    compile_nodes,
)
from ventanilla.core.definition.nodes import Mark, Scalar
from ventanilla.core.definition.problems import Code, Problem, Problems
from ventanilla.core.definition.values import IdentityCheck
from ventanilla.packs.csv_nodes import read_csv
from ventanilla.packs.identifiers import KINDS, identity_check
from ventanilla.packs.maps import read_map
from ventanilla.packs.public_calendars import UnknownCalendar, public_calendar
from ventanilla.packs.yaml_nodes import read_yaml

PACKS_VARIABLE = "VENTANILLA_PACKS"
MAX_BYTES = 2_000_000
MAX_FILES = 2_000

_READ = {".yaml", ".yml", ".md", ".csv", ".geojson"}
_DEFINITION = ("procedures", "messages", "tables")
_FENCE = "---"

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read(Generic[_T]):
    value: _T
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFiles:
    """The text files of a pack by relative path, and those that could not be read, with why."""

    name: str
    files: Mapping[str, str]
    unreadable: Mapping[str, Code] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """What makes two packs the same: the files that define, not scenarios nor demo data."""
        summed = hashlib.sha256()
        for path in sorted(self.files):
            if path == "pack.yaml" or _folder(path) in _DEFINITION:
                content = self.files[path].encode()
                summed.update(f"{path}\0{len(content)}\0".encode())
                summed.update(content)
        return summed.hexdigest()


def read_pack(folder: Path) -> PackFiles:
    """Read the text files of a pack's folder; raises NotAPack when there is no ``pack.yaml``."""
    if not (folder / "pack.yaml").is_file():
        raise NotAPack(folder)
    files: dict[str, str] = {}
    unreadable: dict[str, Code] = {}
    for path in sorted(folder.rglob("*"))[:MAX_FILES]:
        if path.suffix not in _READ or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        try:
            content = path.read_bytes()
            if len(content) > MAX_BYTES:
                unreadable[name] = Code.FILE_TOO_LARGE
            else:
                files[name] = content.decode("utf-8-sig")
        except (UnicodeDecodeError, OSError):
            unreadable[name] = Code.FILE_UNREADABLE
    return PackFiles(name=folder.resolve().name, files=files, unreadable=unreadable)


class NotAPack(FileNotFoundError):
    """The folder holds no ``pack.yaml``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"no pack.yaml in {folder}")


def find_packs() -> dict[str, Path]:
    """The folders of all packs by name.

    Looks in the folders that VENTANILLA_PACKS lists, else in ``packs`` at the repository's root,
    else in the data shipped with the package.
    """
    return {
        folder.name: folder
        for place in reversed(_places())
        for folder in sorted(place.glob("*"))
        if (folder / "pack.yaml").is_file()
    }


def _places() -> tuple[Path, ...]:
    listed = os.environ.get(PACKS_VARIABLE, "")
    if listed:
        return tuple(Path(place) for place in listed.split(os.pathsep) if place)
    here = Path(__file__).resolve().parent
    development = here.parents[2] / "packs"
    if (here.parents[2] / "pyproject.toml").is_file() and development.is_dir():
        return (development,)
    return (here / "data",)


def compile_pack(
    files: PackFiles,
    *,
    identity: IdentityCheck = identity_check,
    calendars: CalendarMaker | None = None,
) -> Compiled:
    """Compile a pack, or tell everything that is wrong with it. ``calendars`` default to public."""
    problems = Problems()
    nodes = read_nodes(files, problems)
    outside = Outside(
        calendars=calendars or make_calendar,
        identity=identity,
        identity_kinds=frozenset(KINDS),
    )
    return compile_nodes(nodes, problems, outside)


def kept_calendars(kept: Mapping[str, Calendar]) -> CalendarMaker:
    """Calendars as an installation keeps them, in place of those that the package makes anew."""

    def make(plan: CalendarPlan) -> Calendar | CalendarRefused:
        return kept.get(plan.name) or CalendarRefused(reason="not-kept")

    return make


def make_calendar(plan: CalendarPlan) -> Calendar | CalendarRefused:
    """A public calendar with the pack's hours and special days."""
    code = f"{plan.country}-{plan.region}" if plan.region else plan.country
    try:
        made = public_calendar(
            code,
            hours=plan.hours,
            special=plan.special,
            name=plan.name,
            **({"rule": RULES[plan.rule]} if plan.rule else {}),
        )
    except UnknownCalendar as error:
        return CalendarRefused(reason="unknown", params={"code": code, "nearest": error.nearest})
    except CalendarError as error:
        return CalendarRefused(reason=error.code, params=error.params)
    return made


# --- files to nodes ----------------------------------------------------------------------------


class Kept:
    """What has been read of each file, for whoever reads a pack again with little changed."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, Any, tuple[Problem, ...]]] = {}

    def read(self, path: str, text: str, read: Callable[[str, str, Problems], _T]) -> _Read[_T]:
        """What a file says, read anew only if its text is another."""
        if path not in self._found or self._found[path][0] != text:
            problems = Problems()
            value = read(path, text, problems)
            self._found[path] = (text, value, problems.sorted())
        _, value, told = self._found[path]
        return _Read(value=value, problems=told)


def read_nodes(files: PackFiles, problems: Problems, kept: Kept | None = None) -> PackNodes:
    """The files of a pack as nodes, with what is wrong with them as files."""
    memory = kept or Kept()

    def reading(path: str, read: Callable[[str, str, Problems], _T]) -> _T:
        found = memory.read(path, files.files[path], read)
        problems.extend(found.problems)
        return found.value

    for path, code in files.unreadable.items():
        problems.add(code, Mark(path), limit=str(MAX_BYTES))
    written = _in_folder(files, "procedures", ".yaml", ".yml")
    procedures = {path: reading(path, read_yaml) for path in written}
    letters = _in_folder(files, "messages", ".md")
    return PackNodes(
        pack=reading("pack.yaml", read_yaml) if "pack.yaml" in files.files else None,
        procedures={path: node for path, node in procedures.items() if node is not None},
        unread=frozenset(path for path, node in procedures.items() if node is None),
        messages={PurePosixPath(path).stem: reading(path, read_letter) for path in letters},
        sheets={path: reading(path, read_csv) for path in _in_folder(files, "tables", ".csv")},
        maps={path: reading(path, read_map) for path in _in_folder(files, "tables", ".geojson")},
        digest=files.digest,
    )


def _in_folder(files: PackFiles, folder: str, *suffixes: str) -> Iterable[str]:
    return (
        path
        for path in sorted(files.files)
        if _folder(path) == folder and PurePosixPath(path).suffix in suffixes
    )


def _folder(path: str) -> str:
    return PurePosixPath(path).parts[0] if "/" in path else ""


def read_letter(path: str, text: str, problems: Problems) -> Letter:
    """A message file: between two lines of dashes its front matter, below them its body."""
    lines = text.replace("\r\n", "\n").split("\n")
    fences = [number for number, line in enumerate(lines) if line.rstrip() == _FENCE]
    if len(fences) < 2 or fences[0] != 0:
        return Letter(front=None, body=Scalar(text=text, mark=Mark(path)))
    end = fences[1]
    front = read_yaml(path, "\n".join(lines[1:end]), problems, first_line=2)
    body = Scalar(text="\n".join(lines[end + 1 :]), mark=Mark(path, end + 2))
    return Letter(front=front, body=body)
