"""Rows follow the facts: whose signature is next, and until when a clock runs that stood."""

from datetime import UTC, datetime

import pytest

from ventanilla.cases.models import Clock, Task
from ventanilla.cases.staging import stage
from ventanilla.cases.verify import verify
from ventanilla.core.definition.problems import Problems
from ventanilla.core.scenarios.reading import read_scenarios
from ventanilla.core.scenarios.running import run_scenario
from ventanilla.identity.models import Organization
from ventanilla.packs.reader import PackFiles, compile_pack
from ventanilla.packs.yaml_nodes import read_yaml

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
FILES = {
    "pack.yaml": """\
organization: {slug: firmas, name: Firmas}
calendars: {lima: {country: PE}}
offices: {centro: {title: Centro, calendar: lima}}
roles: {agente: Agente, jefe: Jefe, gerente: Gerente}
channels: {email: {}}
""",
    "procedures/firmas.yaml": """\
code: F-1
title: Firmas
version: 1
effective: 2026-01-01
owner: jefe
fields: {motivo: {type: text, label: Motivo}}
steps:
  redactar: {who: agente, do: Redactar}
  visar: {approve: {by: [jefe, gerente], back: redactar}}
  esperar: {wait: {for: message}, give_up: {after: 30 days, end: abandonada}}
  cerrar: {who: agente, do: Cerrar, end: cerrada}
actions:
  ampliar: {who: jefe, extend: {deadline: plazo, by: 24 hours}}
deadlines:
  plazo: {from: opened, until: done cerrar, within: 240 hours, waits: [esperar]}
""",
}
BEGINNING = """\
scenario: Firmas
procedure: F-1
start: 2026-03-16T10:00
steps:
  - open: {channel: email, from: ana@cliente.example}
  - do: redactar
"""


def played(steps: str) -> tuple[list[tuple[str, str, str]], datetime | None, datetime | None]:
    """The tasks, the limit of the clock and that of the task at hand after some steps."""
    files = PackFiles(name="firmas", files=FILES)
    pack = compile_pack(files).pack
    assert pack is not None
    problems = Problems()
    text = BEGINNING + "".join(f"  - {line}\n" for line in steps.splitlines())
    (scenario,) = read_scenarios(read_yaml("uno.yaml", text, problems), pack, problems)
    assert not problems.sorted()
    with stage(files, NOW) as make_driver:
        driver = make_driver(pack, pack.procedures["F-1"])
        assert run_scenario(scenario, driver).failures == ()
        assert verify().findings == ()
        house = Organization.objects.latest("id").pk
        tasks = Task.objects.within(house).order_by("id")
        told = [(one.key, one.role, one.status) for one in tasks]
        (clock,) = Clock.objects.within(house)
        last = tasks.last()
    return told, clock.due_at, last.due_at if last else None


@pytest.mark.django_db
def test_signature_it_is_a_task_of_whoever_signs_next() -> None:
    tasks, _, _ = played("sign: visar")

    assert tasks == [
        ("redactar#1", "agente", "done"),
        ("visar#1", "jefe", "done"),
        ("visar#2", "gerente", "open"),
    ]


@pytest.mark.django_db
def test_signature_not_given_it_ends_the_task_and_brings_back_the_one_before() -> None:
    tasks, _, _ = played('sign: visar\n{send_back: visar, reason: "Falta"}')

    assert tasks[2:] == [("visar#2", "gerente", "done"), ("redactar#2", "agente", "open")]


@pytest.mark.django_db
def test_clock_that_stands_it_has_no_limit() -> None:
    _, limit, _ = played("sign: visar\nsign: visar\nexpect: {deadlines: {plazo: stands}}")

    assert limit is None


@pytest.mark.django_db
def test_clock_that_goes_on_it_has_the_new_limit_and_so_have_its_tasks() -> None:
    _, limit, due = played("sign: visar\nsign: visar\nwait: 3 days\nreceive: {}\nact: ampliar")

    assert limit == due == datetime(2026, 3, 30, 15, 0, tzinfo=UTC)
