"""Every word of ``expect`` notices when the case is otherwise than expected."""

import pytest

from tests.packs.workshop import workshop_files
from ventanilla.core.definition.model import Pack
from ventanilla.core.definition.problems import Problems
from ventanilla.core.scenarios.driver import PureDriver
from ventanilla.core.scenarios.reading import read_scenarios
from ventanilla.core.scenarios.reading_expect import EXPECTATIONS
from ventanilla.core.scenarios.running import Outcome, run_scenario
from ventanilla.packs.reader import PackFiles, compile_pack
from ventanilla.packs.yaml_nodes import read_yaml

BEGINNING = """\
scenario: Uno
procedure: TA-REP
start: 2026-03-16T10:00
steps:
  - open: {channel: email, from: luis@cliente.example}
  - do: recibir
    with: {aparato: Radio, garantia: false, nombre: Luis}
  - do: presupuestar
    with: {presupuesto: "80"}
"""
NOT_SO = [
    ("at: reparar", "at", "reparar", "esperar_respuesta"),
    ("at: []", "at", "—", "esperar_respuesta"),
    ("tasks: [esperar_respuesta]", "tasks", "esperar_respuesta", "—"),
    ("tasks: {reparar: jefe}", "tasks", "reparar", "—"),
    ("tasks: {reparar: jefe}", "tasks.reparar", "jefe", "—"),
    ("fields: {aparato: Plancha}", "fields.aparato", "Plancha", "Radio"),
    ("fields: {aparato: }", "fields.aparato", "—", "Radio"),
    ("fields: {garantia: true}", "fields.garantia", "true", "false"),
    ("party: {known: false}", "party.known", "false", "true"),
    ("party: {registered: true}", "party.registered", "true", "false"),
    ("party: {lifecycle: cliente}", "party.lifecycle", "cliente", "nuevo"),
    ("party: {name: Rosa}", "party.name", "Rosa", "Luis"),
    ('decided: {tarifa: "1"}', "decided.tarifa", "1", "2"),
    ("decided: {tarifa: []}", "decided.tarifa", "—", "2"),
    (
        "deadlines: {respuesta: 2026-03-17T11:00}",
        "deadlines.respuesta.due",
        "2026-03-17T11:00-05:00",
        "2026-03-17T10:00-05:00",
    ),
    (
        "deadlines: {respuesta: unknown}",
        "deadlines.respuesta.due",
        "—",
        "2026-03-17T10:00-05:00",
    ),
    ("deadlines: {respuesta: late}", "deadlines.respuesta", "late", "met"),
    ("deadlines: {respuesta: {state: none}}", "deadlines.respuesta", "none", "met"),
    ("running: [respuesta]", "deadlines.respuesta", "running", "met"),
    ("late: [respuesta]", "deadlines.respuesta", "late, met_late", "met"),
    ("closed: abandonada", "closed", "abandonada", "—"),
    ("alarms: [respuesta.aviso]", "alarms.respuesta.aviso", "true", "false"),
    ("entries: [R1]", "entries.R1", "true", "false"),
    ("sent: [recordatorio]", "sent.recordatorio", "true", "false"),
    (
        "sent: {presupuesto: a@b.example}",
        "sent.presupuesto.to",
        "a@b.example",
        "luis@cliente.example",
    ),
    ("sent: {presupuesto: {via: voice}}", "sent.presupuesto.via", "voice", "email"),
    ("sent: {presupuesto: {subject: Mi}}", "sent.presupuesto.subject", "Mi", "Su Radio"),
    (
        "sent: {presupuesto: {body: Plancha}}",
        "sent.presupuesto.body",
        "Plancha",
        "Reparar su Radio cuesta 80 soles. ¿Lo reparamos?",
    ),
    ("sent: {presupuesto: {times: 2}}", "sent.presupuesto.times", "2", "1"),
    ("sent: {presupuesto: {by: system}}", "sent.presupuesto.by", "system", "person"),
    ("sent: {presupuesto: {adapted: true}}", "sent.presupuesto.adapted", "true", "false"),
    ("not_sent: [presupuesto]", "sent.presupuesto", "false", "true"),
    ("impossible: [recordatorio]", "impossible.recordatorio", "true", "false"),
    ("said: [saludo]", "said.saludo", "—", "—"),
    ("may_not: [pedir_fotos]", "may.pedir_fotos", "false", "true"),
    ("tracks: {fotos: begun}", "tracks.fotos", "begun", "none"),
    ("open: false", "open", "false", "true"),
    ("closed: true", "open", "false", "true"),
    ("refused: not_yours", "refused", "not_yours", "—"),
]
MOVING = """\
scenario: Dos
procedure: TA-TRA
start: 2026-01-31T10:00
steps:
  - open: {channel: email, from: luis@cliente.example}
"""
NOT_SO_MOVING = [
    ("not_said: [saludo]", "said.saludo", "—", "Buenos días."),
    ("schedules: {aviso: none}", "schedules.aviso", "none", "running"),
    (
        "schedules: {aviso: 2026-03-01T10:00}",
        "schedules.aviso",
        "2026-03-01T10:00-05:00",
        "2026-02-28T10:00-05:00",
    ),
    ("checklists: {papeles: complete}", "checklists.papeles", "complete", "open"),
    ("checklists: {papeles: {guia: accepted}}", "checklists.papeles.guia", "accepted", "none"),
    ("indicators: {a_tiempo: over}", "indicators.a_tiempo", "over", "out"),
    ("appointments: {recojo: booked}", "appointments.recojo", "booked", "none"),
]


@pytest.fixture(scope="module")
def pack() -> Pack:
    compiled = compile_pack(PackFiles(name="taller", files=workshop_files()))
    assert compiled.pack is not None
    return compiled.pack


def run(pack: Pack, text: str) -> Outcome:
    problems = Problems()
    (scenario,) = read_scenarios(read_yaml("uno.yaml", text, problems), pack, problems)
    assert not problems.sorted()
    return run_scenario(scenario, PureDriver(pack.procedures[scenario.procedure]))


@pytest.mark.parametrize(("words", "what", "expected", "actual"), [*NOT_SO, *NOT_SO_MOVING])
def test_expectation_it_notices_what_is_not_so(
    words: str, what: str, expected: str, actual: str, pack: Pack
) -> None:
    beginning = BEGINNING if (words, what, expected, actual) in NOT_SO else MOVING
    outcome = run(pack, f"{beginning}  - expect: {{{words}}}\n")

    told = [(one.what, one.expected, one.actual) for one in outcome.failures]
    assert (what, expected, actual) in told


@pytest.mark.parametrize(
    ("words", "what", "actual"),
    [
        ("refused: field_required", "refused", "not_yours role=tecnico"),
        ("refused: {code: not_yours, datum: aparato}", "refused.datum", "—"),
    ],
)
def test_expectation_it_notices_another_refusal(
    words: str, what: str, actual: str, pack: Pack
) -> None:
    text = f"{BEGINNING}  - receive: {{}}\n  - do: reparar\n    as: jefe\n  - expect: {{{words}}}\n"

    (failure,) = run(pack, text).failures

    assert (failure.what, failure.actual) == (what, actual)


def test_expectation_it_notices_a_limit_that_has_passed(pack: Pack) -> None:
    text = BEGINNING.replace("  - do: presupuestar", "  - wait: 2 days\n  - do: presupuestar")
    words = "not_breached: [respuesta], met: [respuesta]"

    failures = run(pack, f"{text}  - expect: {{{words}}}\n").failures

    assert [failure.actual for failure in failures] == ["met_late", "met_late"]


def test_expectation_it_notices_an_alarm_that_should_not_have_gone_off(pack: Pack) -> None:
    words = "until: 2026-04-30T10:00\n  - expect: {not_alarms: [traslado.pronto]}"

    (failure,) = run(pack, f"{MOVING}  - {words}\n").failures

    assert (failure.what, failure.expected, failure.actual) == (
        "alarms.traslado.pronto",
        "false",
        "true",
    )


def test_expectation_it_notices_an_action_that_cannot_be_taken(pack: Pack) -> None:
    opening = "".join(BEGINNING.splitlines(keepends=True)[:5])

    (failure,) = run(pack, f"{opening}  - expect: {{may: [pedir_fotos]}}\n").failures

    assert (failure.what, failure.actual) == ("may.pedir_fotos", "false")


def test_samples_they_have_every_word_that_looks_at_a_case() -> None:
    shown = {words.split(":")[0] for words, *_ in [*NOT_SO, *NOT_SO_MOVING]}

    assert shown == set(EXPECTATIONS) - {
        *("not_breached", "met", "may", "not_alarms", "opened", "answered")
    }


def test_waiting_for_the_past_it_is_told(pack: Pack) -> None:
    (failure,) = run(pack, f"{BEGINNING}  - until: 2026-03-15T10:00\n").failures

    assert (failure.what, failure.mark.line) == ("wait", 10)


def test_journal_so_far_it_ends_where_the_expectation_stands(pack: Pack) -> None:
    text = (
        f"{BEGINNING}  - expect: {{at: reparar}}\n  - receive: {{}}\n  - expect: {{at: recibir}}\n"
    )

    outcome = run(pack, text)

    assert [failure.so_far for failure in outcome.failures] == [3, 4]
