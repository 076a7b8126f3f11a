"""``ventanilla render``: what it writes, where, and what it says when it cannot."""

from argparse import ArgumentParser
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.architecture.sources import ROOT
from tests.core.engine.builders import PACK
from tests.packs.workshop import workshop_files, write_workshop
from ventanilla.packs.render_command import FORMATS, add_arguments, run

PROMPERU = ROOT / "packs" / "promperu"
DESK = ("--procedure", "IN-DX-EXP-001")
PICTURE = ROOT / "docs" / "procedures" / "in-dx-exp-001.svg"


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str


def render(*words: str) -> Said:
    parser = ArgumentParser()
    add_arguments(parser)
    out, err = StringIO(), StringIO()
    status = run(parser.parse_args(words), out, err)
    return Said(status, out.getvalue(), err.getvalue())


@pytest.mark.parametrize("form", FORMATS)
def test_command_it_writes_each_format_to_the_standard_output(form: str) -> None:
    said = render(str(PROMPERU), *DESK, "--format", form)

    assert (said.status, said.err) == (0, "")
    assert ET.fromstring(said.out).tag.endswith("svg" if form == "svg" else "definitions")


def test_command_it_writes_a_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "flujo.svg"

    said = render(str(PROMPERU), *DESK, "--format", "svg", "--output", str(target))

    assert said == Said(0, "", "")
    assert target.read_text(encoding="utf-8") == render(str(PROMPERU), *DESK, "--format", "svg").out


def test_command_it_takes_a_file_of_the_pack_for_the_pack() -> None:
    file = next(iter((PROMPERU / "procedures").glob("*.yaml")))

    assert render(str(file), *DESK, "--format", "svg").status == 0


def test_command_it_speaks_english_when_asked() -> None:
    said = render(str(PROMPERU), *DESK, "--format", "svg", "--lang", "en")

    assert "otherwise" in said.out
    assert "en otro caso" not in said.out


def test_command_it_says_what_a_folder_must_hold(tmp_path: Path) -> None:
    said = render(str(tmp_path), "--format", "svg")

    assert said == Said(
        2,
        "",
        f"No hay ningún paquete en «{tmp_path}»: indique una carpeta con un archivo pack.yaml.\n",
    )


def test_command_it_sends_the_author_of_a_faulty_pack_to_the_checker(tmp_path: Path) -> None:
    pack = write_workshop(tmp_path)
    (pack / "procedures" / "roto.yaml").write_text("code: X\n", encoding="utf-8")

    said = render(str(pack), "--format", "bpmn")

    assert said.status == 2
    assert f"ventanilla check {pack}" in said.err


def test_command_it_names_the_procedures_when_none_or_another_is_asked_for(
    tmp_path: Path,
) -> None:
    pack = write_workshop(tmp_path)
    path, text = next(
        (path, text) for path, text in workshop_files().items() if "code: TA-REP" in text
    )
    twin = text.replace("code: TA-REP", "code: TA-DOS")
    (pack / path).with_name("dos.yaml").write_text(twin, encoding="utf-8")

    several = render(str(pack), "--format", "svg")
    unknown = render(str(pack), "--format", "svg", "--procedure", "TA-TRES")
    known = render(str(pack), "--format", "svg", "--procedure", "TA-DOS")

    assert (several.status, unknown.status, known.status) == (2, 2, 0)
    assert "TA-DOS" in several.err
    assert "TA-REP" in several.err
    assert "«TA-TRES»" in unknown.err


def test_command_it_says_when_there_are_no_tables_to_write(tmp_path: Path) -> None:
    (tmp_path / "procedures").mkdir()
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    procedure = "code: PR-1\ntitle: Breve\nversion: 1\nowner: jefe\n"
    procedure += "steps: {atender: {who: agente, do: Atender, end: atendida}}\n"
    (tmp_path / "procedures" / "breve.yaml").write_text(procedure, encoding="utf-8")

    said = render(str(tmp_path), "--format", "dmn")

    assert said.status == 2
    assert "--format bpmn o svg" in said.err


def test_command_it_says_where_it_could_not_write(tmp_path: Path) -> None:
    target = tmp_path / "no" / "hay.svg"

    said = render(str(PROMPERU), *DESK, "--format", "svg", "--output", str(target))

    assert said.status == 2
    assert str(target) in said.err


@pytest.mark.parametrize(
    ("pack", "code"),
    [
        ("promperu", "IN-DX-EXP-001"),
        ("promperu", "FO-OTI-TIC-001"),
        ("promperu", "FO-OTI-TIC-002"),
        ("comteco", "VENTAS-DIGITALES"),
        ("comteco", "COM-DSC-P01"),
    ],
)
def test_pictures_in_the_documents_they_are_current(pack: str, code: str) -> None:
    said = render(str(ROOT / "packs" / pack), "--procedure", code, "--format", "svg")
    picture = ROOT / "docs" / "procedures" / f"{code.lower()}.svg"

    assert picture.read_text(encoding="utf-8") == said.out, (
        f"ventanilla render packs/{pack} --procedure {code} --format svg "
        f"--output docs/procedures/{code.lower()}.svg"
    )
