"""A code that was renamed answers by the name it has on the day, whichever name is asked."""

from datetime import UTC, date, datetime

import pytest

from tests.core.engine.builders import CHIEF, Case, procedure
from ventanilla.core.engine.scope import Scope
from ventanilla.core.engine.sheets import task_sheet

SYSTEMS = """\
code,label,valid_from,valid_to,alias_of,dueno
trazas,Trazabilidad,,2015-12-31,red,Informática
red,Red de clientes,2016-01-01,,,Servicio
caja,Caja,,2019-12-31,,Tesorería
caja,Caja y bancos,2020-01-01,,,Finanzas
otro,Otro,,,,
"""
PROCEDURE = procedure(
    """
    catalogues: {sistemas: {file: tables/sistemas.csv}}
    fields: {sistema: {type: choice, label: Sistema, catalogue: sistemas}}
    steps: {uno: {who: jefe, ask: [sistema], say: [donde], end: fin}}
    scripts:
      donde: "{{ lookup(sistemas, sistema, label) }}: {{ lookup(sistemas, sistema, dueno) }}"
    """,
    sheets={"sistemas": SYSTEMS},
)
CATALOGUE = PROCEDURE.catalogues["sistemas"]


@pytest.mark.parametrize(
    ("code", "day", "label"),
    [
        ("trazas", date(2015, 12, 31), "Trazabilidad"),
        ("trazas", date(2016, 1, 1), "Red de clientes"),
        ("red", date(2015, 12, 31), "Trazabilidad"),
        ("red", date(2016, 1, 1), "Red de clientes"),
        ("caja", date(2019, 12, 31), "Caja"),
        ("caja", date(2020, 1, 1), "Caja y bancos"),
        ("otro", date(2020, 1, 1), "Otro"),
    ],
)
def test_code_it_has_the_name_of_the_day(code: str, day: date, label: str) -> None:
    row = CATALOGUE.row_on(code, day)

    assert row is not None
    assert row.label == label


def test_code_that_the_catalogue_lacks_it_has_no_name() -> None:
    assert CATALOGUE.row_on("nada", date(2020, 1, 1)) is None
    assert CATALOGUE.label_on("nada", date(2020, 1, 1)) == "nada"


@pytest.mark.covers("CL-22")
def test_form_it_offers_the_names_of_the_day_with_the_others_beside_them() -> None:
    case = Case(PROCEDURE)
    case.now = datetime(2026, 3, 16, 15, tzinfo=UTC)
    case.open()

    step = PROCEDURE.steps["uno"]
    questions = task_sheet(PROCEDURE, case.state, step, case.now, CHIEF).questions

    assert [option.label for option in questions[0].field.options] == [
        "Red de clientes (Trazabilidad)",
        "Caja y bancos (Caja)",
        "Otro",
    ]


def test_lookup_it_follows_the_day() -> None:
    case = Case(PROCEDURE)
    case.now = datetime(2014, 3, 17, 15, tzinfo=UTC)
    case.open(sistema="trazas")
    said = next(iter(PROCEDURE.scripts["donde"].texts.values()))

    def text(at: datetime) -> str:
        return said.render(Scope(PROCEDURE, case.state, at))

    assert text(case.now) == "Trazabilidad: Informática"
    assert text(datetime(2026, 3, 16, 15, tzinfo=UTC)) == "Red de clientes: Servicio"
