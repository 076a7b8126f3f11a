"""``ventanilla check``: the contract that other people's tools rest on."""

import argparse
import io
import json
from pathlib import Path
from typing import Any

import pytest

from ventanilla.core.definition.problems import Code
from ventanilla.packs import check_command
from ventanilla.packs.reader import find_packs
from ventanilla.packs.sentences import SENTENCES

PACK = """\
organization: {slug: prueba, name: Oficina de prueba}
calendars: {lima: {country: PE}}
offices: {lima: {title: Lima, calendar: lima}}
roles: {orientador: Orientador}
channels: {email: {opens: P-1}}
"""
PROCEDURE = """\
code: P-1
title: Atención
version: 1
owner: orientador
fields:
  servicio: {type: choice, options: {internet: Internet, tv: TV cable}}
steps:
  atender:
    who: orientador
    ask: [servicio]
    next: [{if: 'servicio == "internet"', end: atendida}]
    end: derivada
"""


def write_pack(folder: Path, procedure: str = PROCEDURE) -> Path:
    pack = folder / "prueba"
    (pack / "procedures").mkdir(parents=True)
    (pack / "pack.yaml").write_text(PACK)
    (pack / "procedures" / "atencion.yaml").write_text(procedure)
    return pack


def check(*arguments: str) -> tuple[int, str, str]:
    parser = argparse.ArgumentParser()
    check_command.add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    status = check_command.run(parser.parse_args(arguments), out, err)
    return status, out.getvalue(), err.getvalue()


def rows(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(check(*arguments, "--json")[1])
    return found


def test_passes_a_pack_without_problems(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)

    status, out, _ = check(str(pack))

    assert (status, out) == (0, "Paquetes revisados: 1. Errores: 0. Avisos: 0.\n")


def test_tells_a_typo_with_file_line_column_and_what_was_meant(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, PROCEDURE.replace('== "internet"', '== "intrnet"'))

    status, _, _ = check(str(pack))
    found = rows(str(pack))

    assert status == 1
    assert found == [
        {
            "severity": "error",
            "code": "expression-unknown-value",
            "file": f"{pack}/procedures/atencion.yaml",
            "line": 11,
            "column": 30,
            "message": "«intrnet» no es uno de los valores posibles.",
            "hint": "¿Quiso decir «internet»? Valores: internet, tv.",
        }
    ]


def test_speaks_english_when_asked(tmp_path: Path) -> None:
    pack = write_pack(tmp_path, PROCEDURE.replace("who: orientador", "who: orientado"))

    _, out, _ = check(str(pack), "--lang", "en")

    assert "error: There is no role “orientado”. [unknown-role]" in out
    assert "Did you mean “orientador”?" in out


def test_lets_warnings_pass(tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path, PROCEDURE.replace("steps:", "  otro: {type: text, options: {a: A}}\nsteps:")
    )

    status, _, _ = check(str(pack))

    assert status == 0
    assert {row["severity"] for row in rows(str(pack))} == {"warning"}


def test_checks_a_folder_of_packs_and_a_file_inside_one(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)

    assert check(str(tmp_path))[0] == 0
    assert check(str(pack / "procedures" / "atencion.yaml"))[0] == 0


def test_reads_the_scenarios_of_a_sound_pack(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    (pack / "scenarios").mkdir()
    (pack / "scenarios" / "uno.yaml").write_text(
        "scenario: Uno\nprocedure: P-1\nstart: 2026-03-16T10:00\n"
        "steps:\n  - open: {channel: email, from: ana@prueba.example}\n  - do: atendr\n"
    )

    found = rows(str(pack))

    assert [(row["code"], row["line"], row["column"]) for row in found] == [("unknown-step", 6, 9)]
    assert found[0]["hint"].startswith("¿Quiso decir «atender»?")


def test_refuses_a_call_without_a_pack(tmp_path: Path) -> None:
    status, out, err = check(str(tmp_path))

    assert (status, out) == (2, "")
    assert str(tmp_path) in err


@pytest.mark.parametrize("name", sorted(find_packs()))
def test_finds_no_errors_in_the_packs_of_the_repository(name: str) -> None:
    found = rows(str(find_packs()[name]))

    assert [row for row in found if row["severity"] == "error"] == []


def test_has_a_sentence_in_both_languages_for_every_code() -> None:
    assert set(SENTENCES) == set(Code)
    for sentence in SENTENCES.values():
        assert sentence.es.strip()
        assert sentence.en.strip()
        assert bool(sentence.hint_es) == bool(sentence.hint_en)
