"""What the checker makes of a procedure as a whole, and what it rightly leaves alone."""

import pytest

from tests.packs.samples import PACK
from ventanilla.core.definition.problems import Code
from ventanilla.packs.reader import PackFiles, compile_pack

HEAD = "code: P-1\ntitle: Ejemplo\nversion: 1\nowner: jefe\n"
FIELDS = """\
fields:
  tipo: {type: choice, label: Tipo, options: {a: A, b: B}}
  sabe: {type: boolean, label: Sabe}
  nivel: {type: choice, label: Nivel, options: {bajo: Bajo, alto: Alto}}
"""
TABLE = """\
tables:
  grado:
    inputs: [tipo, sabe]
    outputs: [nivel]
    rules: [[a, true, alto], [a, false, bajo], [b, "-", bajo]]
"""


def found(procedure: str) -> list[tuple[Code, dict[str, str]]]:
    files = {"pack.yaml": PACK, "procedures/p.yaml": f"{HEAD}{FIELDS}{procedure}"}
    problems = compile_pack(PackFiles(name="p", files=files)).problems
    quiet = {Code.UNUSED_ROLE, Code.UNUSED_FIELD, Code.NAME_NEVER_SET}
    return [(one.code, dict(one.params)) for one in problems if one.code not in quiet]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("{field: tipo, required: true}, {field: sabe, required: true}", []),
        ("tipo, {field: sabe, required: true}", ["tipo == none"]),
        ("{field: tipo, required: true}, sabe", ['tipo == "a", sabe == none']),
        (
            "{field: tipo, required: true}, {field: sabe, required: true, if: party.known}",
            ['tipo == "a", sabe == none'],
        ),
    ],
)
def test_misses_a_row_for_what_nobody_must_have_answered(asked: str, told: list[str]) -> None:
    steps = (
        f"steps:\n  pedir: {{who: jefe, ask: [{asked}]}}\n  graduar: {{decide: grado, end: x}}\n"
    )

    gaps = [params["case"] for code, params in found(steps + TABLE) if code is Code.TABLE_GAP]

    assert gaps == told


def test_takes_an_answer_for_given_only_if_every_way_asks_for_it() -> None:
    steps = """\
steps:
  saludar: {who: jefe, do: Saludar, next: [{if: party.known, go: graduar}]}
  pedir: {who: jefe, ask: [{field: tipo, required: true}, {field: sabe, required: true}]}
  graduar: {decide: grado, end: x}
"""

    assert Code.TABLE_GAP in {code for code, _ in found(steps + TABLE)}


def test_knows_what_an_action_asks_for_before_its_step() -> None:
    steps = """\
steps:
  atender: {who: jefe, do: Atender, end: x}
  graduar: {decide: grado, end: y}
actions:
  pasar:
    who: jefe
    ask: [{field: tipo, required: true}, {field: sabe, required: true}]
    go: graduar
"""

    assert found(steps + TABLE) == []


def test_sees_that_branches_which_leave_nothing_cut_off_the_step_below() -> None:
    steps = """\
steps:
  pedir: {who: jefe, ask: [sabe], next: [{if: sabe, go: fin}, {if: not sabe, go: otro}]}
  nunca: {who: jefe, do: Nada}
  fin: {who: jefe, do: Cerrar, end: x}
  otro: {who: jefe, do: Cerrar, end: y}
"""

    assert found(steps) == [(Code.STEP_UNREACHABLE, {"name": "nunca"})]


def test_lets_a_case_fall_through_where_a_choice_may_be_missing() -> None:
    steps = """\
steps:
  pedir: {who: jefe, ask: [tipo], next: [{if: tipo == "a", go: fin}, {if: tipo == "b", go: otro}]}
  preguntar: {who: jefe, do: Preguntar}
  fin: {who: jefe, do: Cerrar, end: x}
  otro: {who: jefe, do: Cerrar, end: y}
"""

    assert found(steps) == []


def test_tells_a_plain_end_that_no_case_comes_to() -> None:
    steps = """\
steps:
  pedir: {who: jefe, ask: [sabe], next: [{if: sabe, go: fin}, {if: not sabe, end: y}], end: z}
  fin: {who: jefe, do: Cerrar, end: x}
"""

    assert [code for code, _ in found(steps)] == [Code.BRANCH_DEAD]


def test_cannot_tell_dates_apart_and_says_nothing_of_them() -> None:
    steps = """\
steps:
  pedir:
    who: jefe
    do: Pedir
    next: [{if: 'date(now) > today', end: y}, {if: 'date(now) <= today', end: z}]
    end: x
"""

    assert found(steps) == []


def test_allows_a_circle_in_which_somebody_steps_in() -> None:
    steps = """\
steps:
  revisar: {who: jefe, ask: [sabe], next: [{if: sabe, end: x}]}
  volver: {next: revisar}
"""

    assert found(steps) == []


def test_counts_an_action_as_a_way_out_of_a_circle() -> None:
    circle = "steps:\n  uno: {who: jefe, do: Uno}\n  dos: {who: jefe, do: Dos, next: uno}\n"
    way_out = "  fin: {who: jefe, do: Cerrar, end: x}\nactions:\n  cerrar: {who: jefe, go: fin}\n"

    assert found(circle + way_out) == []
    assert [code for code, _ in found(circle)] == [Code.STEP_NO_END]


def test_finds_the_steps_of_a_side_track_that_nothing_leads_to() -> None:
    procedure = """\
steps:
  atender: {who: jefe, do: Atender, end: x}
tracks:
  lado:
    from: opened
    steps:
      uno: {who: jefe, do: Uno, end: y}
      dos: {who: jefe, do: Dos}
"""

    assert found(procedure) == [(Code.STEP_UNREACHABLE, {"name": "dos"})]


@pytest.mark.parametrize(
    ("within", "theirs", "differ"),
    [
        ("72 hours", "72 hours", False),
        ("72 hours", "3 days", False),
        ("72 hours", "3 business days", True),
        ("72 hours", "48 hours", True),
    ],
)
def test_compares_what_two_documents_promise(within: str, theirs: str, *, differ: bool) -> None:
    plain = "steps: {atender: {who: jefe, do: Atender, end: x}}\n"
    clock = f"{{title: Enviar respuesta, from: opened, until: closed, within: {within}}}"
    first = f"{HEAD}{plain}deadlines: {{respuesta: {clock}}}\n"
    second = first.replace("P-1", "P-2").replace("Enviar respuesta", "ENVIAR  Respuesta")
    files = {
        "pack.yaml": PACK,
        "procedures/a.yaml": first,
        "procedures/b.yaml": second.replace(within, theirs),
    }

    problems = compile_pack(PackFiles(name="p", files=files)).problems

    told = [one for one in problems if one.code is Code.TIMES_DIFFER]
    assert [one.mark.file for one in told] == (["procedures/b.yaml"] if differ else [])


@pytest.mark.parametrize(("since", "told"), [("", [Code.ALARM_OUTSIDE]), ("since: visita, ", [])])
def test_lets_an_alarm_ring_long_before_a_limit_that_the_data_date(
    since: str, told: list[Code]
) -> None:
    visit = "  visita: {type: date, label: Visita}\n"
    steps = "steps:\n  pedir: {who: jefe, ask: [visita], do: Pedir, end: x}\n"
    clock = f"from: opened, until: closed, {since}within: 0 days, alarms: [{{at: 30 days before}}]"

    problems = found(f"{visit}{steps}deadlines: {{visita: {{{clock}}}}}\n")

    assert [code for code, _ in problems] == told
