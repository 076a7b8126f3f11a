"""The exporter desk's pack: what no scenario can show, because nobody does it in a case."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from ventanilla.core.definition.compile import Compiled
from ventanilla.core.definition.model import Procedure
from ventanilla.packs.reader import compile_pack, read_pack
from ventanilla.packs.scenarios import find_suites, run_suite

FOLDER = Path(__file__).parents[2] / "packs" / "promperu"
FEES = ("tarifa", "tasa", "cobro", "costo", "precio", "pago", "importe", "monto", "contribuc")


@cache
def compiled() -> Compiled:
    return compile_pack(read_pack(FOLDER))


def procedure(code: str = "IN-DX-EXP-001") -> Procedure:
    pack = compiled().pack
    assert pack is not None
    return pack.procedures[code]


def behaviour(script: str) -> str:
    return "\n".join(procedure().scripts[script].behaviour)


def test_has_only_the_warnings_that_its_readme_explains() -> None:
    found = {str(one.code) for one in compiled().problems}

    assert found == {"approved-before-prepared", "change-version"}


def test_is_reached_whole_by_its_scenarios() -> None:
    (suite,) = find_suites([FOLDER])

    run = run_suite(suite)

    assert [one.scenario.title for one in run.outcomes if not one.green] == []
    assert [str(place) for found in run.coverages() for place in found.missed] == []


def test_names_the_parent_procedure_its_process_and_the_act_that_approved_both() -> None:
    supports = procedure().document.related.supports

    for part in (
        "Orientación y Asesoría en Exportaciones – Plataforma, versión 05",
        "sistema de gestión de la calidad",
        "023-2018-PROMPERÚ/SG",
    ):
        assert part in supports


def test_keeps_who_prepared_reviewed_and_approved_by_position_and_date() -> None:
    signatures = procedure().document.signatures

    assert [(one.concept, one.on) for one in signatures] == [
        ("Elaborado", date(2019, 1, 21)),
        ("Revisado", date(2019, 1, 21)),
        ("Revisado", date(2019, 1, 7)),
        ("Revisado", date(2019, 1, 7)),
        ("Aprobado", date(2019, 1, 7)),
    ]
    assert all(one.position and one.unit for one in signatures)


@pytest.mark.covers("PE-09")
def test_keeps_the_change_sheet_with_its_four_columns() -> None:
    changes = procedure().document.changes

    assert [one.version for one in changes] == [3, 3]
    assert [one.where for one in changes] == [
        "capítulo 3, numeral 3.1.3 c",
        "capítulo 3, numeral 3.2.1 b",
    ]
    assert all("72 horas" in one.what for one in changes)


@pytest.mark.covers("PE-12")
def test_cites_its_legal_bases_with_article_and_what_each_supports() -> None:
    legal = procedure().document.legal

    cited = {(one.norm, one.article) for one in legal}
    assert {
        ("Ley N.° 30075", "2"),
        ("Ley N.° 30075", "10, incisos g y ñ"),
        ("D.S. N.° 013-2013-MINCETUR (ROF)", "12, inciso g"),
        ("D.S. N.° 013-2013-MINCETUR (ROF)", "21, literal e"),
        ("Ley N.° 30114", "75.ª disposición complementaria final"),
        ("R.M. N.° 237-2016-MINCETUR", ""),
        ("D.S. N.° 054-2018-PCM", "3.ª disposición complementaria final"),
    } <= cited
    assert all(one.supports for one in legal)


@pytest.mark.covers("PE-30", "PE-31", "PE-32", "PE-33", "PE-46")
@pytest.mark.parametrize(
    "reminder",
    [
        "atención y paciencia",
        "dominio del tema e interés",
        "mire a los ojos y no interrumpa",
        "postura erguida, sin distraerse",
        "expresión del rostro; evite gestos y palabras negativas",
        "buena disposición, prudencia al interrumpir, tono cálido y cordial",
    ],
)
def test_reminds_the_officer_how_to_listen(reminder: str) -> None:
    assert reminder in behaviour("escucha")
    assert "escucha" in procedure().steps["clasificar"].say


@pytest.mark.covers("PE-44")
def test_reminds_the_officer_of_a_warm_voice_when_answering() -> None:
    assert "voz cálida, que transmita amabilidad" in behaviour("saludo")
    assert "saludo" in procedure().steps["saludar"].say


@pytest.mark.covers("PE-21")
def test_has_no_field_for_a_fee() -> None:
    for field in procedure().fields.values():
        words = f"{field.name} {field.label}".casefold()
        assert not any(fee in words for fee in FEES), field.name


def test_counts_every_limit_from_a_numbered_text() -> None:
    for deadline in procedure().deadlines.values():
        assert "3." in deadline.cites, deadline.name


def test_tells_every_region_its_office_with_address_hours_and_people() -> None:
    regions = procedure().catalogues["regiones"].rows

    assert len(regions) == 25
    for row in regions:
        assert all(row.extra[name] for name in ("oficina", "direccion", "horario", "orientadores"))


# --- the forms of software requirements ---------------------------------------------------------


@pytest.mark.covers("SR-02", "SR-03", "SR-04")
@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("FO-OTI-TIC-001", "Solicitud de Requerimiento de Software"),
        ("FO-OTI-TIC-002", "Análisis de Requerimientos"),
    ],
)
def test_forms_they_are_controlled_with_code_version_and_the_act_of_three_folios(
    code: str, title: str
) -> None:
    form = procedure(code)

    assert (form.title, form.version, form.effective) == (title, 1, date(2019, 2, 11))
    act, standard = form.document.legal
    assert (act.norm, act.article) == (
        "Resolución de Gerencia General N.° 021-2019-PROMPERÚ/GG",
        "1",
    )
    assert "anexo 1 en tres folios" in act.supports
    assert "12207:2016" in standard.supports
    assert form.document.signatures[0].on == date(2019, 2, 11)


@pytest.mark.covers("SR-01")
def test_forms_they_are_two_stages_of_one_process_one_after_the_other() -> None:
    request, analysis = procedure("FO-OTI-TIC-001"), procedure("FO-OTI-TIC-002")

    assert request.document.related.outputs == (analysis.code,)
    assert analysis.document.related.inputs == (request.code,)
    assert all(
        "Gestión de los Requerimientos" in one.document.related.supports
        for one in (request, analysis)
    )


@pytest.mark.covers("SR-19", "SR-20", "SR-21")
def test_request_it_says_beside_each_datum_what_is_expected() -> None:
    fields = procedure("FO-OTI-TIC-001").fields

    assert "módulo web" in fields["titulo"].help
    assert "Qué se espera alcanzar" in fields["objetivo"].help
    assert "características" in fields["descripcion"].help


@pytest.mark.covers("SR-54", "SR-33", "SR-36", "SR-37", "SR-38")
def test_analysis_its_four_notes_stand_at_the_columns_they_explain() -> None:
    analysis = procedure("FO-OTI-TIC-002")
    notes = analysis.scripts["notas"].behaviour
    columns = {
        column.name: column.label
        for name in ("interesados", "requerimientos")
        for column in analysis.fields[name].columns
    }

    for mark, column, meaning in (
        ("¹", "influencia", "A: alta, M: media, B: baja"),
        ("²", "necesidad", "E: esencial"),
        ("³", "estado", "A: abierto"),
        ("⁴", "version", "Cuántos cambios tuvo"),
    ):
        assert mark in columns[column]
        assert any(note.startswith(mark) and meaning in note for note in notes)


@pytest.mark.covers("SR-24", "SR-25", "SR-26")
def test_request_its_note_says_what_each_priority_means() -> None:
    high, medium, low = procedure("FO-OTI-TIC-001").scripts["nota_prioridad"].behaviour

    assert all(
        part in high for part in ("operación y continuidad", "incumple una norma", "otros sistemas")
    )
    assert "optimizar un proceso" in medium
    assert "según la capacidad de la OTI" in low
