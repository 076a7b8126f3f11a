"""Promises, words and papers that contradict each other: where they are told, and where not."""

from typing import NamedTuple

import pytest

from tests.packs.samples import PACK, place, where
from ventanilla.core.definition.check.promises import promises_in
from ventanilla.core.definition.problems import Code, Problem
from ventanilla.packs.reader import PackFiles, compile_pack
from ventanilla.packs.sentences_contradictions import CONTRADICTIONS

A, B, K, M = "procedures/a.yaml", "procedures/b.yaml", "pack.yaml", "messages/aviso.md"
LETTER = "---\ntitle: Aviso\nsubject: Aviso\n---\nGracias.\n"
FIELDS = """\
fields:
  nombre: {type: text, label: Nombre}
  nivel: {type: choice, label: Nivel, options: {bajo: Bajo, alto: Alto}}
"""


def procedure(code: str, rest: str, fields: str = FIELDS) -> str:
    return f"code: {code}\ntitle: Ejemplo {code}\nversion: 1\nowner: jefe\n{fields}{rest}"


def told(files: dict[str, str], code: Code) -> list[Problem]:
    letters = {M: LETTER} if not any(path.startswith("messages/") for path in files) else {}
    every = {K: PACK.replace("opens: P-1", "opens: A"), **letters, **files}
    result = compile_pack(PackFiles(name="p", files=every))
    assert [one for one in result.problems if one.severity == "error"] == []
    return [problem for problem in result.problems if problem.code == code]


class Case(NamedTuple):
    """Files with a contradiction, where it is told, and the change by which it disappears."""

    code: Code
    files: dict[str, str]
    at: tuple[str, str]
    mended: tuple[str, str, str]


def one(rest: str, fields: str = FIELDS) -> dict[str, str]:
    return {A: procedure("A", rest, fields)}


def two(first: str, second: str) -> dict[str, str]:
    return {A: procedure("A", first), B: procedure("B", second)}


def answering(who: str, within: str = "") -> str:
    limit = f", within: {within}" if within else ""
    title = "Responder por escrito la consulta"
    return f"steps: {{responder: {{title: {title}, who: {who}{limit}, do: Escribir, end: x}}}}\n"


PLAIN = "steps: {atender: {who: jefe, do: Atender, end: x}}\n"
CLOCK = "deadlines: {plazo: {title: Dar respuesta, from: opened, until: closed, within: 3 days}}\n"
ASKED = """\
steps:
  pedir: {who: jefe, ask: [{field: nombre, required: true}]}
  otra_vez: {who: jefe, ask: [{field: nombre, required: true}], end: x}
"""
AROUND = """\
steps:
  recibir: {who: jefe, ask: [nivel], next: [{if: nivel == "alto", go: responder}]}
  pedir: {who: jefe, do: Pedir}
  responder: {who: jefe, send: aviso, end: x}
deadlines:
  plazo: {from: done pedir, until: sent aviso, within: 3 days}
"""
LONG = """\
steps:
  estudiar: {who: jefe, do: Estudiar, within: 2 business days}
  responder: {who: jefe, do: Responder, within: 2 business days, end: x}
deadlines:
  plazo: {title: Dar respuesta, from: opened, until: closed, within: 96 hours}
"""
PAPERS = """\
signatures:
  - {concept: Elaborado, position: Analista, unit: Oficina de Calidad}
  - {concept: Aprobado, position: Analista, unit: Oficina de Calidad}
"""
SCALES = """\
fields:
  necesidad: {type: choice, label: Necesidad, options: {A: Alta, B: Baja}}
  estado: {type: choice, label: Estado, options: {A: Abierto, C: Cerrado}}
  grado: {type: choice, label: necesidad, options: {e: Esencial, o: Opcional}}
"""
CHOOSING = "steps: {atender: {who: jefe, ask: [necesidad, estado, grado], end: x}}\n"
SAID = """\
steps: {atender: {who: jefe, ask: [nombre], say: [saludo], end: x}}
scripts: {saludo: {text: "¿Su nombre y su nivel?", asks: [nombre, nivel]}}
"""
SHIFTS = (
    PACK.replace("opens: P-1", "opens: A")
    .replace("offices:\n", '  manana: {country: PE, hours: {mon-fri: "09:00-13:00"}}\noffices:\n')
    .replace("jefe: {title: Jefatura,", "jefe: {title: Jefatura, calendar: manana,")
)
SENDING = "steps: {avisar: {send: {message: aviso, to: sender.email, via: voice}, end: x}}\n"
SPEAKING = "steps: {avisar: {send: aviso, end: x}}\n"
SPOKEN = LETTER.replace("---\nGracias", "via: voice\n---\nGracias")
PROMISED = LETTER.replace("Gracias", "Le responderemos dentro de las 24 horas")
MEANT = "definitions: {BOC: Back Office Comercial}\n"

CASES = [
    Case(
        Code.STARTS_DIFFER,
        two(f"{PLAIN}{CLOCK}", f"{PLAIN}{CLOCK.replace('from: opened', 'from: received')}"),
        (B, "from: received"),
        (B, "from: received", "from: opened"),
    ),
    Case(
        Code.LIMIT_MISSING,
        two(answering("jefe", "2 days"), answering("jefe")),
        (B, "responder: {"),
        (B, "who: jefe", "who: jefe, within: 2 days"),
    ),
    Case(
        Code.WHO_DIFFERS,
        two(answering("jefe"), answering("orientador")),
        (B, "responder: {"),
        (B, "who: orientador", "who: jefe"),
    ),
    Case(
        Code.NOT_ON_EVERY_WAY,
        one(AROUND),
        (A, "from: done pedir"),
        (A, "from: done pedir", "from: [done pedir, done recibir]"),
    ),
    Case(
        Code.STEPS_DO_NOT_FIT,
        one(LONG),
        (A, "within: 96"),
        (A, "within: 96 hours", "within: 4 business days"),
    ),
    Case(
        Code.SPOKEN_NOT_KEPT,
        {**one(f"{SPEAKING}{CLOCK}"), M: PROMISED},
        (M, "Le responderemos"),
        (M, "24 horas", "72 horas"),
    ),
    Case(
        Code.TWO_MEANINGS,
        two(f"{MEANT}{PLAIN}", f"{MEANT.replace('Comercial', 'Incidencias')}{PLAIN}"),
        (B, "BOC"),
        (B, "Incidencias", "COMERCIAL"),
    ),
    Case(
        Code.TWO_MEANINGS,
        one(CHOOSING, SCALES),
        (A, "A: Abierto"),
        (A, "A: Abierto", "X: Abierto"),
    ),
    Case(
        Code.SCALES_DIFFER,
        one(CHOOSING, SCALES),
        (A, "grado: {"),
        (A, "label: necesidad", "label: Grado"),
    ),
    Case(
        Code.DATUM_ASKED_TWICE,
        one(ASKED),
        (A, "{field: nombre, required: true}], end"),
        (A, "true}], end", "true, if: empty(nombre)}], end"),
    ),
    Case(
        Code.SCRIPT_ASKS_MORE,
        one(SAID),
        (A, "say: [saludo]"),
        (A, "ask: [nombre]", "ask: [nombre, nivel]"),
    ),
    Case(
        Code.MEDIUM_NOT_OF_MESSAGE,
        one(SENDING),
        (A, "send: {"),
        (A, "via: voice", "via: email"),
    ),
    Case(
        Code.NOBODY_SPEAKS,
        {**one(SPEAKING), M: SPOKEN},
        (A, "send: aviso"),
        (A, "{send: aviso", "{who: jefe, send: aviso"),
    ),
    Case(
        Code.OWN_APPROVAL,
        one(f"{PAPERS}{PLAIN}"),
        (A, "{concept: Aprobado"),
        (A, "Aprobado, position: Analista", "Aprobado, position: Gerente"),
    ),
    Case(
        Code.ROLE_AWAY,
        {K: SHIFTS, **one(PLAIN)},
        (K, "phone: {"),
        (K, 'mon-fri: "09:00-13:00"', 'mon-fri: "08:00-18:00"'),
    ),
    Case(
        Code.UNKNOWN_UNIT,
        {
            K: f"{PACK}units: {{calidad: Oficina de la Calidad}}\n".replace("P-1", "A"),
            **one(f"{PAPERS}{PLAIN}"),
        },
        (A, "{concept: Elaborado"),
        (K, "Oficina de la Calidad", "Oficina de Calidad"),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.code))
def test_tells_the_contradiction_at_its_place(case: Case) -> None:
    found = told(case.files, case.code)

    assert [where(one) for one in found][:1] == [place(case.files, *case.at)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.code))
def test_is_silent_once_it_is_mended(case: Case) -> None:
    file, old, new = case.mended
    assert old in case.files[file]
    before = told(case.files, case.code)

    after = told({**case.files, file: case.files[file].replace(old, new)}, case.code)

    assert len(after) < len(before)


def test_has_a_case_for_every_contradiction() -> None:
    assert {case.code for case in CASES} == set(CONTRADICTIONS)


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("Le responderemos dentro de las 24 horas.", ["24 hours"]),
        ("en un plazo máximo de 3 días hábiles", ["3 business days"]),
        ("no más de 10 minutos, a más tardar en 2 semanas", ["10 minutes", "2 weeks"]),
        ("Atendemos las 24 horas", []),
        ("hace 3 días", []),
    ],
)
def test_reads_the_times_that_a_text_promises(words: str, spans: list[str]) -> None:
    assert [str(span) for _, span in promises_in(words)] == spans


def test_knows_that_holidays_make_business_days_long() -> None:
    short = LONG.replace("96 hours", "5 days")
    on = [problem.params["on"] for problem in told(one(short), Code.STEPS_DO_NOT_FIT)]

    assert on != []
    assert told(one(LONG.replace("96 hours", "30 days")), Code.STEPS_DO_NOT_FIT) == []


def test_takes_the_quickest_way_for_the_steps_that_must_fit() -> None:
    both = LONG.replace("2 business", "5 business").replace("96 hours", "13 days")
    ways = both.replace("do: Estudiar,", "ask: [nivel], next: [{if: nivel == 'alto', end: y}],")

    assert told(one(both), Code.STEPS_DO_NOT_FIT) != []
    assert told(one(ways), Code.STEPS_DO_NOT_FIT) == []


def test_does_not_take_a_short_title_for_the_same_activity() -> None:
    files = two(answering("jefe", "2 days"), answering("orientador"))
    short = {path: text.replace("por escrito la consulta", "") for path, text in files.items()}

    assert told(files, Code.WHO_DIFFERS) != []
    assert told(short, Code.WHO_DIFFERS) == []
    assert told(short, Code.LIMIT_MISSING) == []


def test_knows_that_no_row_of_a_table_gives_an_option() -> None:
    rest = """\
steps:
  pedir: {who: jefe, ask: [{field: nombre, required: true}]}
  graduar: {decide: grado, next: [{if: nivel == "alto", end: y}], end: x}
tables: {grado: {inputs: [nombre], outputs: [nivel], rules: [["-", bajo]]}}
"""
    files = {K: PACK.replace("P-1", "A"), **one(rest)}
    result = compile_pack(PackFiles(name="p", files=files))

    assert Code.BRANCH_DEAD in {problem.code for problem in result.problems}
    files[A] = files[A].replace('[["-", bajo]]', "[[ana, bajo], [eva, alto]]")
    mended = compile_pack(PackFiles(name="p", files=files))
    assert Code.BRANCH_DEAD not in {problem.code for problem in mended.problems}
