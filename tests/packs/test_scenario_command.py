"""``ventanilla scenario``: what it prints, what it answers to machines, and how it ends."""

import json
from argparse import ArgumentParser
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.packs.workshop import write_workshop
from ventanilla.packs.scenario_command import add_arguments, run

GREEN = """\
scenario: Con garantía
procedure: TA-REP
start: 2026-03-16T10:00
covers: [TA-1]
steps:
  - open: {channel: desk, name: Luis}
  - do: recibir
    with: {aparato: Radio, garantia: true}
  - expect: {at: reparar}
"""
RED = GREEN.replace("{at: reparar}", "\n      at: presupuestar\n      fields: {cargo: sin_costo}")
REFUSED = GREEN.replace("with: {aparato: Radio, garantia: true}", "with: {garantia: true}")
MISTAKEN = """\
scenario: Con errores
procedure: TA-REP
start: ayer
steps:
  - open: {channel: desks}
  - do: recivir
  - wait: 3 lunes
  - do: recibir
    with: {aparatos: Radio}
    as: rosa
  - expect: {at: repara, closd: fin, refused: nunca}
"""


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def scenario(*words: str) -> Said:
    parser = ArgumentParser()
    add_arguments(parser)
    out, err = StringIO(), StringIO()
    status = run(parser.parse_args(words), out, err)
    return Said(status, out.getvalue(), err.getvalue())


def test_command_it_ends_well_when_all_is_as_expected(tmp_path: Path) -> None:
    pack = write_workshop(tmp_path, uno=GREEN)

    said = scenario(str(pack))

    assert said == Said(
        0,
        f"✓ {pack}/scenarios/uno.yaml:1 Con garantía\n1 de 1 escenarios como se esperaba.\n",
        "",
    )


def test_command_it_shows_where_what_was_expected_what_was_and_the_journal(tmp_path: Path) -> None:
    pack = write_workshop(tmp_path, uno=RED)

    said = scenario(str(pack / "scenarios" / "uno.yaml"), "--lang", "en")

    assert said.status == 1
    lines = said.out.splitlines()
    assert lines[:5] == [
        f"✗ {pack}/scenarios/uno.yaml:1 Con garantía",
        f"    {pack}/scenarios/uno.yaml:10: at",
        "        expected: presupuestar",
        "        was: reparar",
        "        up to there:",
    ]
    assert "          2026-03-16T10:00-05:00  complete recibir#1  by tecnico" in lines
    assert "              entered reparar#1" in lines
    assert lines[-1] == "0 of 1 scenarios as expected."


def test_command_it_tells_what_was_turned_down_unexpectedly(tmp_path: Path) -> None:
    pack = write_workshop(tmp_path, uno=REFUSED)

    said = scenario(str(pack), "--json")

    (failure, _) = said.data["scenarios"][0]["failures"]
    assert (failure["line"], failure["what"]) == (7, "step")
    assert failure["actual"] == "refused field_required aparato"


def test_command_it_answers_machines_with_every_scenario_and_failure(tmp_path: Path) -> None:
    pack = write_workshop(tmp_path, uno=GREEN, dos=RED)

    said = scenario(str(pack), "--json")

    assert said.status == 1
    red, green = said.data["scenarios"]
    assert (green["passed"], green["covers"], green["failures"]) == (True, ["TA-1"], [])
    (failure,) = red["failures"]
    assert failure | {"journal": []} == {
        "file": f"{pack}/scenarios/dos.yaml",
        "line": 10,
        "column": 11,
        "what": "at",
        "expected": "presupuestar",
        "actual": "reparar",
        "journal": [],
    }
    assert failure["journal"]


def test_command_it_tells_all_that_is_wrong_with_a_file_at_once(tmp_path: Path) -> None:
    pack = write_workshop(tmp_path, uno=MISTAKEN)

    said = scenario(str(pack), "--json")

    assert said.status == 1
    assert said.data["scenarios"] == []
    assert [(row["line"], row["code"]) for row in said.data["problems"]] == [
        (3, "bad-date"),
        (5, "unknown-channel"),
        (6, "unknown-step"),
        (7, "bad-span"),
        (9, "unknown-field"),
        (10, "unknown-person"),
        (11, "unknown-step"),
        (11, "unknown-key"),
        (11, "expected-one-of"),
    ]
    assert all(row["message"] for row in said.data["problems"])


def test_command_it_runs_nothing_of_a_pack_with_errors(tmp_path: Path) -> None:
    pack = write_workshop(tmp_path, uno=GREEN)
    procedure = pack / "procedures" / "reparacion.yaml"
    procedure.write_text(
        procedure.read_text().replace("next: [{if: cargo ==", "next: [{if: carga ==")
    )

    said = scenario(str(pack))

    assert said.status == 1
    assert "procedures/reparacion.yaml:" in said.out
    assert "0 de 0" in said.out


@pytest.mark.parametrize("part", ["", "scenarios", "scenarios/uno.yaml"])
def test_command_it_takes_a_pack_a_folder_or_a_file(tmp_path: Path, part: str) -> None:
    pack = write_workshop(tmp_path, uno=GREEN)

    assert "1 de 1" in scenario(str(pack / part)).out
    assert "1 de 1" in scenario(str(tmp_path)).out


@pytest.mark.parametrize("path", ["nada", "vacia", "suelto.yaml"])
def test_command_it_is_unusable_without_a_scenario(tmp_path: Path, path: str) -> None:
    (tmp_path / "vacia").mkdir()
    (tmp_path / "suelto.yaml").write_text(GREEN)

    said = scenario(str(tmp_path / path))

    assert (said.status, said.out) == (2, "")
    assert path in said.err


def test_command_it_tells_what_nothing_has_reached(tmp_path: Path) -> None:
    pack = write_workshop(tmp_path, uno=GREEN)

    said = scenario(str(pack), "--coverage")
    data = scenario(str(pack), "--json").data["coverage"]

    missed = [line.split(": ")[1] for line in said.out.splitlines() if "sin alcanzar" in line]
    assert missed == [
        "branch valorar → go presupuestar",
        "step presupuestar",
        "branch presupuestar → go esperar_respuesta",
        "step esperar_respuesta",
        "branch esperar_respuesta → go reparar",
        "branch esperar_respuesta → end abandonada",
        "branch reparar → end reparada",
        "step esperar_fotos",
        "branch esperar_fotos → end con_fotos",
        "branch esperar_fotos → end sin_fotos",
        "step justificar",
        "branch justificar → go autorizar",
        "step autorizar",
        "branch autorizar → end",
        "branch autorizar → go justificar",
        "row tarifa → 2",
        "deadline respuesta → met",
        "deadline respuesta → late",
        "deadline presupuestar → met",
        "deadline presupuestar → late",
        "message presupuesto",
        "message recordatorio",
        "message solicitud_fotos",
        "action pedir_fotos",
        "action pedir_repuesto",
        "action anotar",
        "track fotos",
        "track compra",
    ]
    assert len(data[0]["missed"]) == len(missed)
    assert data[0]["reached"] + len(missed) == data[0]["total"]
