"""The telecommunications co-operative's pack: what no scenario can show, because nobody does it."""

from functools import cache
from pathlib import Path

import pytest

from ventanilla.core.definition.compile import Compiled
from ventanilla.core.definition.model import OneOf, Pack, Procedure
from ventanilla.packs.drawing_words import WORDINGS
from ventanilla.packs.reader import compile_pack, read_pack
from ventanilla.packs.render_command import svg
from ventanilla.packs.scenarios import find_suites, run_suite

FOLDER = Path(__file__).parents[2] / "packs" / "comteco"
SALES, DESK = "VENTAS-DIGITALES", "COM-DSC-P01"


@cache
def compiled() -> Compiled:
    return compile_pack(read_pack(FOLDER))


def pack() -> Pack:
    found = compiled().pack
    assert found is not None
    return found


def procedure(code: str) -> Procedure:
    return pack().procedures[code]


def behaviour(script: str) -> str:
    return "\n".join(procedure(SALES).scripts[script].behaviour)


def test_has_only_the_warnings_that_its_readme_explains() -> None:
    assert {str(one.code) for one in compiled().problems} == {"own-approval"}


def test_is_reached_whole_by_its_scenarios() -> None:
    (suite,) = find_suites([FOLDER])

    run = run_suite(suite)

    assert [one.scenario.title for one in run.outcomes if not one.green] == []
    assert [str(place) for found in run.coverages() for place in found.missed] == []


@pytest.mark.covers("VD-01", "VD-02")
def test_sales_it_is_a_controlled_document_with_who_prepared_and_who_approves() -> None:
    sales = procedure(SALES)

    assert (sales.title, sales.version, str(sales.effective)) == (
        "Ventas digitales",
        1,
        "2022-04-01",
    )
    for part in ("no tiene código asignado", "(página 2)", "(3)", "(5)", "(6)"):
        assert part in sales.document.related.supports
    assert [(one.concept, one.unit) for one in sales.document.signatures] == [
        ("Elaborado", "Div. Gestión de la Relación Cliente"),
        ("Elaborado", "Div. Gestión de Calidad y Desempeño"),
        ("Aprobado", "Div. Gestión de la Relación Cliente"),
        ("Elaborado (próxima versión)", ""),
    ]
    assert sales.document.signatures[2].position == "Jefe de División"


@pytest.mark.covers("VD-08")
def test_sales_it_defines_the_three_systems_it_consults() -> None:
    defined = dict(procedure(SALES).document.definitions)

    assert set(defined) == {"Sistema GIS", "Sistema NAF", "Sistema Smartflex"}
    assert "Cartera" in defined["Sistema NAF"]


@pytest.mark.covers("VD-09")
def test_sales_it_lists_the_numbers_by_which_one_comes_and_what_each_is_for() -> None:
    rows = procedure(SALES).catalogues["numeros"].rows

    assert tuple(row.code for row in rows) == ("4200400", "4322205", "4001515")
    assert all("opción 1" in row.extra["uso"] for row in rows)


@pytest.mark.covers("VD-37", "VD-38", "VD-40", "VD-44", "VD-45", "VD-46")
@pytest.mark.parametrize(
    ("script", "reminder"),
    [
        ("saludo", "nunca espere a que lo haga el cliente"),
        ("saludo", "Voz clara, modulada y pausada"),
        ("presentacion", "gesto de cortesía y respeto"),
        ("presentacion", "Usted abre la relación; muestre interés"),
        ("motivo_contacto", "pregunta abierta"),
        ("escucha", "Escucha activa, también en la postura"),
        ("escucha", "lenguaje simple y sin tecnicismos"),
        ("escucha", "«aquí no es», «no sé», «no sabría decirle» ni «pregunte en otro lado»"),
        ("confirmacion", "Repita la información importante y espere la confirmación"),
    ],
)
def test_sales_it_reminds_the_operator_of_the_protocol(script: str, reminder: str) -> None:
    assert reminder in behaviour(script)
    assert any(script in step.say for step in procedure(SALES).steps.values())


@pytest.mark.covers("ID-01", "ID-02")
def test_desk_it_is_a_controlled_document_with_its_issues() -> None:
    desk = procedure(DESK)

    assert (desk.code, desk.version, str(desk.effective)) == (DESK, 3, "2018-05-01")
    assert [(one.version, one.on) for one in desk.document.changes] == [
        (1, "2007-12"),
        (3, "2018-05"),
    ]
    for part in ("Sistema de Gestión de la Calidad", "Atención al Cliente", "cinco páginas", "(4)"):
        assert part in desk.document.related.supports
    assert [(str(one.on), one.unit) for one in desk.document.signatures] == [
        ("2007-12-01", "Div. Gestión de la Calidad"),
        ("2007-12-01", "Div. Atención al Cliente"),
        ("2018-05-01", "Gestión por Procesos"),
        ("2018-05-01", "Div. Plataforma de Servicios al Cliente"),
        ("None", "Div. Plataformas de Servicios a Clientes"),
    ]


@pytest.mark.covers("ID-07")
def test_desk_it_keeps_the_related_units_with_where_and_when_they_attend() -> None:
    rows = {row.label: row.extra for row in procedure(DESK).catalogues["directorio"].rows}

    for unit in (
        "Gerencia Comercial",
        "División Plataforma de Servicios al Cliente",
        "Back Office Comercial (BOC)",
        "Unidad de Cartera",
        "Unidad Cobranzas",
        "Asesoría Legal",
        "Beneficio Vida",
        "Crédisocio (Unidad Crédito al Socio)",
        "Otras unidades de la empresa",
    ):
        assert all(rows[unit][column] for column in ("lugar", "interno", "horario", "atiende"))
    assert rows["Crédisocio (Unidad Crédito al Socio)"]["meson"] == "19"


@pytest.mark.covers("ID-10")
def test_desk_it_defines_its_four_terms_and_keeps_the_two_back_offices_apart() -> None:
    defined = dict(procedure(DESK).document.definitions)

    assert set(defined) == {"BOC", "BOI", "Información", "Direccionamiento"}
    assert "post venta" in defined["BOC"]
    assert "reclamos" in defined["BOI"]


@pytest.mark.covers("ID-51", "VD-48")
def test_documents_they_have_type_mode_originals_and_copies() -> None:
    sales = {row.code: row.extra for row in procedure(SALES).catalogues["documentos"].rows}
    desk = {row.code: row.extra for row in procedure(DESK).catalogues["documentos"].rows}

    def said(row: object) -> tuple[str, ...]:
        assert isinstance(row, dict)
        return tuple(row[name] for name in ("tipo", "modo", "originales", "copias"))

    assert said(dict(sales["solicitud"])) == ("F", "A", "1", "1")
    assert said(dict(sales["contrato"])) == ("F", "M", "1", "1")
    assert said(dict(desk["folleteria"])) == ("F", "M", "1", "0")


@pytest.mark.covers("ID-08", "ID-09")
def test_desk_it_comes_from_the_yearly_plan_and_leads_to_three_procedures_it_can_open() -> None:
    related = procedure(DESK).document.related

    assert related.inputs == ("PLAN-OPERATIVO-ANUAL",)
    assert pack().references["PLAN-OPERATIVO-ANUAL"] == "Plan Operativo Anual de COMTECO R.L."
    assert related.outputs == ("COM-DSC-P02", "COM-GCM-P09", "COM-GCM-P07")
    assert set(related.outputs) == {one.procedure for one in procedure(DESK).openings.values()}


@pytest.mark.covers("ID-56")
def test_desk_its_flow_chart_is_drawn_from_its_steps() -> None:
    desk = procedure(DESK)

    drawn = svg(desk, WORDINGS["es"])

    for step in desk.steps.values():
        assert step.title.split()[0] in drawn


def test_desk_its_waiting_lines_take_every_formality_where_the_routing_table_sends_it() -> None:
    table = procedure(DESK).tables["direccionamiento"]
    lines = {
        service.partition("_")[0]: queue.name
        for queue in pack().queues.values()
        for service in queue.services
        if service not in {"B4_al_dia", "deuda"}
    }

    for row in table.rows:
        cell = row.cells[0]
        assert isinstance(cell, OneOf)
        code = cell.values[0]
        if row.outputs[0] != "cobranzas":
            assert lines[str(code)] == row.outputs[0]
    assert set(pack().queues["cobranzas"].services) == {"B4_al_dia", "deuda"}
