"""Packs are found, read as text, and read the same from a folder or from stored files."""

from pathlib import Path

import pytest

from tests.packs.samples import FILES, compiled, spoiled
from ventanilla.core.businesstime import Calendar
from ventanilla.core.definition.problems import Code
from ventanilla.packs.reader import (
    NotAPack,
    PackFiles,
    compile_pack,
    find_packs,
    kept_calendars,
    read_pack,
)


def write(folder: Path, extra: dict[str, bytes] | None = None) -> Path:
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for name, content in (extra or {}).items():
        (folder / name).write_bytes(content)
    return folder


def calendars() -> dict[str, Calendar]:
    pack = compiled().pack
    assert pack is not None
    return dict(pack.calendars)


def test_reads_a_folder_as_the_files_it_holds(tmp_path: Path) -> None:
    found = read_pack(write(tmp_path / "prueba"))

    assert (found.name, dict(found.files)) == ("prueba", dict(FILES))
    assert compile_pack(found).problems == ()


def test_refuses_a_folder_without_pack_file(tmp_path: Path) -> None:
    with pytest.raises(NotAPack):
        read_pack(tmp_path)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"---\ntitle: Atenci\xf3n\n", Code.FILE_UNREADABLE), (b"x" * 2_000_001, Code.FILE_TOO_LARGE)],
)
def test_tells_a_file_that_is_no_text_or_too_large(
    tmp_path: Path, content: bytes, code: Code
) -> None:
    found = compile_pack(read_pack(write(tmp_path, {"messages/x.md": content})))

    assert found.pack is None
    assert [(one.code, one.mark.file) for one in found.problems] == [(code, "messages/x.md")]


def test_reads_windows_files_alike(tmp_path: Path) -> None:
    folder = write(tmp_path)
    for name, text in FILES.items():
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert compile_pack(read_pack(folder)).problems == ()


def test_changes_its_digest_with_every_file_that_defines() -> None:
    sound = PackFiles(name="a", files=FILES).digest

    assert PackFiles(name="b", files=dict(FILES)).digest == sound
    assert PackFiles(name="a", files=spoiled("messages/pedido.md", "sus", "tus")).digest != sound
    assert PackFiles(name="a", files={**FILES, "scenarios/x.yaml": "a: b"}).digest == sound


def test_takes_the_calendars_that_an_installation_keeps() -> None:
    files = PackFiles(name="prueba", files=FILES)
    kept = calendars()

    found = compile_pack(files, calendars=kept_calendars(kept))
    missed = compile_pack(files, calendars=kept_calendars({}))

    assert found.pack is not None
    assert found.pack.calendars["lima"] is kept["lima"]
    assert Code.CALENDAR_REFUSED in {one.code for one in missed.problems}


def test_gives_the_calendar_the_hours_and_closures_of_the_pack() -> None:
    calendar = calendars()["lima"]

    assert [str(one) for one in calendar.hours[0]] == ["09:00-13:00", "14:00-17:00"]
    assert [str(one) for one in calendar.hours[4]] == ["09:00-13:00"]
    assert "Inventario" in {one.name for one in calendar.special}


def test_finds_packs_where_the_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "uno")
    (tmp_path / "nada").mkdir()
    monkeypatch.setenv("VENTANILLA_PACKS", str(tmp_path))

    assert find_packs() == {"uno": tmp_path / "uno"}


def test_finds_the_packs_of_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VENTANILLA_PACKS", raising=False)

    assert "promperu" in find_packs()


def test_keeps_quotes_and_separators_of_a_sheet() -> None:
    files = {
        **FILES,
        "tables/temas.csv": 'code,label,area\nx,"Exportar, ""bien""\nsiempre",DX\ny,Ferias,"D,F"\n',
    }

    pack = compiled(files).pack

    assert pack is not None
    rows = pack.procedures["P-1"].catalogues["temas"].rows
    assert [(row.code, row.label, dict(row.extra)) for row in rows] == [
        ("x", 'Exportar, "bien"\nsiempre', {"area": "DX"}),
        ("y", "Ferias", {"area": "D,F"}),
    ]
