"""ProChile's pack: what no scenario can show, because nobody does it in a case."""

import re
from functools import cache
from pathlib import Path

import pytest

from ventanilla.core.definition.compile import Compiled
from ventanilla.core.definition.model import Pack
from ventanilla.packs.reader import compile_pack, read_pack
from ventanilla.packs.scenarios import find_suites, run_suite

FOLDER = Path(__file__).parents[2] / "packs" / "prochile"
UNEQUAL = re.compile(r"\b(género|genero|sexo|edad|nacimiento|estado civil|etnia)\b")


@cache
def compiled() -> Compiled:
    return compile_pack(read_pack(FOLDER))


def pack() -> Pack:
    found = compiled().pack
    assert found is not None
    return found


def test_has_no_warnings() -> None:
    assert [str(one.code) for one in compiled().problems] == []


def test_is_reached_whole_by_its_scenarios() -> None:
    (suite,) = find_suites([FOLDER])

    run = run_suite(suite)

    assert [one.scenario.title for one in run.outcomes if not one.green] == []
    assert [str(place) for found in run.coverages() for place in found.missed] == []


@pytest.mark.covers("PC-06")
def test_asks_nothing_by_which_people_could_be_treated_otherwise() -> None:
    labels = [
        field.label.casefold()
        for procedure in pack().procedures.values()
        for field in procedure.fields.values()
    ]
    labels += [field.label.casefold() for field in pack().party.attributes.values()]

    assert [label for label in labels if UNEQUAL.search(label)] == []


@pytest.mark.covers("PC-06")
def test_lets_the_region_decide_only_where_the_protocol_excepts_five_of_them() -> None:
    by_place = [
        (code, table.name)
        for code, procedure in pack().procedures.items()
        for table in procedure.tables.values()
        if any("region" in str(column) or "excepcion" in str(column) for column in table.inputs)
    ]

    assert by_place == [("PC-CAPTACION", "despues_del_test")]
    rows = pack().procedures["PC-CAPTACION"].catalogues["regiones"].rows
    assert [row.label for row in rows if row.extra["excepcion"] == "sí"] == [
        "Arica y Parinacota",
        "Atacama",
        "Los Ríos",
        "Aysén",
        "Magallanes",
    ]


@pytest.mark.covers("PC-24")
def test_knows_the_sixteen_regional_offices_offices_abroad_and_the_centre() -> None:
    offices = pack().offices

    regional = [key for key, one in offices.items() if one.title.startswith("Oficina regional")]
    assert len(regional) == 16
    assert any(one.title.startswith("Oficina comercial") for one in offices.values())
    assert "central" in offices


@pytest.mark.covers("PC-25")
@pytest.mark.parametrize("role", ["ejecutivo", "comercial", "sectorialista", "cda", "ciudadana"])
def test_has_the_roles_that_face_the_user(role: str) -> None:
    assert role in pack().roles


@pytest.mark.covers("PC-26")
def test_knows_the_twelve_support_units() -> None:
    assert len(pack().procedures["PC-COMPLEJA"].catalogues["soporte"].rows) == 12


@pytest.mark.covers("PC-27")
def test_knows_the_actors_outside() -> None:
    rows = pack().procedures["PC-COMPLEJA"].catalogues["organismos"].rows

    assert {"Consejo de la Sociedad Civil", "Sercotec", "Corfo"} <= {row.label for row in rows}


@pytest.mark.covers("PC-104")
def test_keeps_its_instruments_by_kind_with_what_they_ask() -> None:
    rows = pack().procedures["PC-SERVICIO"].catalogues["instrumentos"].rows

    assert {row.extra["clase"] for row in rows} >= {
        "Generación de capacidades",
        "Promoción",
        "Oportunidades",
        "Servicio integral",
    }
    asked = {row.code: row.extra["requisito"] for row in rows}
    assert asked["exporta_mas"] == "potencialidad exportadora"


@pytest.mark.covers("PC-81", "PC-86")
def test_shows_each_direction_the_figures_of_what_it_answers_for() -> None:
    figures = pack().procedures["PC-CAPTACION"].indicators

    assert {name: one.who for name, one in figures.items()} == {
        "contactos_a_tiempo": "nacional",
        "entrevistas_a_tiempo": "nacional",
        "bajo_potencial": "estrategico",
    }
