"""The customs broker's pack: what no scenario can show, because nobody does it in a case."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ventanilla.core.definition.compile import Compiled
from ventanilla.core.definition.model import Procedure
from ventanilla.packs.reader import compile_pack, read_pack
from ventanilla.packs.scenarios import find_suites, run_suite

FOLDER = Path(__file__).parents[2] / "packs" / "cli"


@cache
def compiled() -> Compiled:
    return compile_pack(read_pack(FOLDER))


def procedure(code: str) -> Procedure:
    pack = compiled().pack
    assert pack is not None
    return pack.procedures[code]


def test_has_no_warnings() -> None:
    assert [str(one.code) for one in compiled().problems] == []


def test_is_reached_whole_by_its_scenarios() -> None:
    (suite,) = find_suites([FOLDER])

    run = run_suite(suite)

    assert [one.scenario.title for one in run.outcomes if not one.green] == []
    assert [str(place) for found in run.coverages() for place in found.missed] == []


@pytest.mark.covers("CL-01", "CL-02")
def test_keeps_the_profile_as_a_controlled_document_with_its_five_positions() -> None:
    document = procedure("PPT-SC-002").document

    assert (procedure("PPT-SC-002").version, procedure("PPT-SC-002").effective) == (
        4,
        date(2022, 9, 8),
    )
    assert "STAFF" in document.related.supports
    assert [(one.concept, one.position) for one in document.signatures] == [
        ("Elaborado", "Asistente de Calidad"),
        ("Revisado", "Supervisión de RR.HH."),
        ("Revisado", "Jefe de Seguridad y Calidad"),
        ("Revisado", "Gerente de Logística"),
        ("Aprobado", "Gerente General"),
    ]
    assert {one.on for one in document.signatures} == {date(2022, 9, 8)}


@pytest.mark.covers("CL-05")
def test_compares_the_annex_function_by_function_with_its_marks() -> None:
    rows = procedure("PPT-SC-002").catalogues["anexo_01"].rows

    assert len(rows) == 22
    assert all(row.extra["esc"] == "ESC" and row.extra["asc"] == "" for row in rows)
    assert [row.code for row in rows if row.extra["ambos"]] == ["f05", "f06", "f12"]
    assert [row.code for row in rows if row.extra["anterior"] == "—"] == ["f06", "f15", "f18"]
    assert all(row.extra["anterior"] and row.extra["nuevo"] for row in rows)


@pytest.mark.covers("CL-06")
def test_tells_the_supervisor_first_and_then_the_head() -> None:
    alarms = procedure("CLI-REPORTE").deadlines["reporte"].alarms

    told = [alarm.to.role for alarm in alarms if alarm.to is not None]
    assert told == ["esc", "supervisor", "jefe"]
    assert procedure("CLI-REPORTE").steps["decidir"].who.role == "supervisor"  # type: ignore[union-attr]


def test_has_made_up_people_for_every_role() -> None:
    pack = compiled().pack
    assert pack is not None
    lines = (FOLDER / "data" / "users.csv").read_text(encoding="utf-8").splitlines()

    assert {line.split(",")[3] for line in lines[1:]} == set(pack.roles)
