"""The tutorial is true: its files make a whole pack, and its commands say what it shows."""

import contextlib
import io
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest

from ventanilla.config import cli
from ventanilla.core.definition.model import Pack
from ventanilla.demo.sheets import contact_rows, staff_rows
from ventanilla.packs.reader import compile_pack, read_pack

PAGE = Path(__file__).resolve().parents[2] / "docs/tutorial/first-procedure.md"
PACK = Path("packs/valleclaro")

_BLOCK = re.compile(r"^```(\w+)(?: (\w+)(?:=(\S+))?)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SECTION = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of the page: what to write where, or what to type and read."""

    language: str
    deed: str
    path: str
    text: str
    line: int


def blocks() -> tuple[Block, ...]:
    page = PAGE.read_text(encoding="utf-8")
    return tuple(
        Block(
            language=found[1],
            deed=found[2] or "",
            path=found[3] or "",
            text=found[4],
            line=page.count("\n", 0, found.start()) + 1,
        )
        for found in _BLOCK.finditer(page)
    )


def follow(block: Block) -> None:
    """Writes what the page says, where it says."""
    path = PACK / block.path
    path.parent.mkdir(parents=True, exist_ok=True)
    match block.deed:
        case "file":
            path.write_text(block.text, encoding="utf-8")
        case "append":
            path.write_text(path.read_text(encoding="utf-8") + block.text, encoding="utf-8")
        case "section" | "mistake":
            path.write_text(
                _replaced(path.read_text(encoding="utf-8"), block.text), encoding="utf-8"
            )
        case "add":
            section, _, lines = block.text.partition("\n")
            path.write_text(
                _extended(path.read_text(encoding="utf-8"), section, lines), encoding="utf-8"
            )
        case other:
            raise AssertionError(f"{PAGE.name}:{block.line}: {other!r} is nothing to do")


def _replaced(whole: str, sections: str) -> str:
    """The document with the named sections in their new words; new ones at the end."""
    parts = {part.partition(":")[0]: part for part in _SECTION.split(whole) if part.strip()}
    for part in _SECTION.split(sections):
        if part.strip():
            parts[part.partition(":")[0]] = part.rstrip() + "\n\n"
    return "".join(parts.values())


def _extended(whole: str, section: str, lines: str) -> str:
    """The document with more lines at the end of one of its sections."""
    parts = [part for part in _SECTION.split(whole) if part.strip()]
    return "".join(
        f"{part.rstrip()}\n{lines}\n" if part.startswith(section) else part for part in parts
    )


def said(command: str) -> str:
    """What the command prints, to either stream."""
    words = shlex.split(command)
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        assert words[0] == "ventanilla"
        cli.main(words[1:])
    return out.getvalue()


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str, str]]:
    """The page followed from top to bottom: each command's line, what is shown, what came."""
    monkeypatch.chdir(tmp_path)
    answers: list[tuple[int, str, str]] = []
    before: tuple[Path, str] | None = None
    for block in blocks():
        if block.deed == "demo":
            continue
        if block.language != "console":
            path = PACK / block.path
            before = (path, path.read_text(encoding="utf-8")) if block.deed == "mistake" else None
            follow(block)
            continue
        command, _, answer = block.text.removeprefix("$ ").partition("\n")
        answers.append((block.line, answer, said(command)))
        if before is not None:
            before[0].write_text(before[1], encoding="utf-8")
    return answers


def test_page_its_commands_say_what_it_shows(shown: list[tuple[int, str, str]]) -> None:
    assert len(shown) >= 6
    for line, answer, came in shown:
        assert came == answer, f"{PAGE.name}:{line}"


def test_page_its_pack_is_whole_and_of_about_ten_steps(shown: list[tuple[int, str, str]]) -> None:
    compiled = compile_pack(read_pack(PACK))

    assert shown
    assert not compiled.problems
    assert isinstance(compiled.pack, Pack)
    assert 10 <= len(compiled.pack.procedures["AV-01"].steps) <= 14


def test_page_its_people_hold_roles_of_the_pack(shown: list[tuple[int, str, str]]) -> None:
    files = read_pack(PACK)
    pack = compile_pack(files).pack

    assert shown
    assert pack is not None
    assert {row.role for row in staff_rows(files)} == set(pack.roles)
    assert {row.channel for row in contact_rows(files)} <= set(pack.channels)


def test_page_its_demonstration_begins_with_the_people_it_tells_of(
    shown: list[tuple[int, str, str]],
) -> None:
    files = read_pack(PACK)
    (block,) = (one for one in blocks() if one.deed == "demo")
    people = len({row.login for row in staff_rows(files)})
    contacts = len(tuple(contact_rows(files)))

    assert shown
    assert f"valleclaro: {people} personas, 0 clientes, {contacts} contactos." in block.text
