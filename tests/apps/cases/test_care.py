"""Whose a client is, what it takes part in, what is agreed: on the engine and in the registry."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ventanilla.cases.staging import stage
from ventanilla.cases.verify import verify
from ventanilla.core.scenarios.comparing import compare
from ventanilla.core.scenarios.running import run_scenario
from ventanilla.packs.reader import read_pack
from ventanilla.packs.scenarios import find_suites, on_the_engine
from ventanilla.parties.models import Activity, Party, PartyChange

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)

PACK = """\
organization: {slug: cartera, name: Oficina con cartera}
calendars: {lima: {country: PE}}
offices: {centro: {title: Centro, calendar: lima}}
roles: {ejecutivo: Ejecutivo(a), jefe: Jefatura}
channels: {email: {opens: CA-1}}
party:
  attributes:
    name: {type: text, label: Nombre}
    correo: {type: email, label: Correo}
    categoria: {type: choice, label: Categoría, options: {alta: Alta, baja: Baja}}
  lifecycle:
    states: [potencial, usuario, antiguo]
    computed:
      - {state: usuario, if: party.activities_this_year > 0}
      - {state: antiguo, if: 'years(party.last_activity, today) >= 3'}
  executive: ejecutivo
  activities: {feria: Feria}
agreements:
  revision: {type: duration, label: Plazo de revisión}
"""
PROCEDURE = """\
code: CA-1
title: Atención de cartera
version: 1
effective: 2020-01-01
owner: jefe
fields:
  nombre: {type: text, label: Nombre, saves: party.name}
  ejecutivo: {type: person, label: Ejecutivo(a)}
  fecha: {type: date, label: Fecha}
steps:
  asignar: {who: jefe, ask: [nombre, ejecutivo], record: {executive: ejecutivo, categoria: alta}}
  revisar:
    who: party.executive
    ask: [fecha]
    record: {activity: {kind: feria, on: fecha}}
    within: {agreement: revision, else: 48 hours}
  cerrar: {who: party.executive, do: Cerrar, end: atendida}
actions:
  bajar: {who: jefe, record: {categoria: baja, if: party.categoria == "alta"}}
responsibilities:
  ejecutivo: {accountable: all, does: [revisar, cerrar]}
  jefe: {does: [asignar], informed: [bajar]}
"""
SCENARIOS = """\
- scenario: El ejecutivo del cliente recibe las tareas, y el acuerdo fija el plazo
  procedure: CA-1
  start: 2026-03-16T10:00
  given:
    people: {rita: {name: Rita Campos, email: rita@cartera.example, roles: ejecutivo}}
    parties:
      - key: acme
        name: Acme
        lifecycle: potencial
        correo: acme@cliente.example
        activities: [{kind: feria, on: 2022-05-02}]
        agreements: {revision: {value: 24 hours, from: 2026-01-01, until: 2026-12-31}}
  steps:
    - open: {channel: email, from: acme@cliente.example}
    - expect: {party: {lifecycle: antiguo, executive: "", agreements: {revision: 24 hours}}}
    - do: asignar
      with: {ejecutivo: rita}
    - expect:
        party: {executive: rita, categoria: alta}
        tasks: {revisar: rita}
        deadlines: {revisar: 2026-03-17T10:00}
    - do: revisar
      with: {fecha: 2026-03-15}
    - expect: {party: {lifecycle: usuario, activities: {feria: 2}}, tasks: {cerrar: rita}}
    - act: bajar
    - expect: {party: {categoria: baja}}
    - until: 2027-01-02T00:00
    - expect: {party: {lifecycle: potencial}}
- scenario: A quien nadie conoce lo crea el primer paso, con su ejecutivo
  procedure: CA-1
  start: 2026-03-16T10:00
  given:
    people: {rita: {name: Rita Campos, email: rita@cartera.example, roles: ejecutivo}}
  steps:
    - open: {channel: email, from: nueva@cliente.example}
    - do: asignar
      with: {nombre: Nueva S.A., ejecutivo: rita}
    - expect: {party: {known: true, executive: rita, name: Nueva S.A.}, tasks: {revisar: rita}}
"""

DEALT = """\
code: CA-1
title: Reparto
version: 1
effective: 2020-01-01
owner: jefe
fields:
  otra: {type: boolean, label: Otra}
steps:
  uno: {who: {role: ejecutivo, pick: round_robin}, do: Uno}
  dos: {who: {role: ejecutivo, pick: round_robin}, do: Dos}
  tres: {who: {role: ejecutivo, pick: last}, do: Tres}
  cuatro: {who: {role: ejecutivo, pick: least_loaded}, do: Cuatro, end: fin}
tracks:
  lado: {from: acted abrir, steps: {vigilar: {who: {role: ejecutivo, pick: least_loaded}, do: Ver}}}
actions:
  abrir: {who: jefe}
"""
DEALING = """\
- scenario: Por turno, a quien atendió antes y a quien tiene menos
  procedure: CA-1
  start: 2026-03-16T10:00
  given:
    people: {ana: {name: Ana, roles: ejecutivo}, luz: {name: Luz, roles: ejecutivo}}
  steps:
    - open: {channel: email, from: acme@cliente.example}
    - expect: {tasks: {uno: ana}}
    - wait: 1 hour
    - do: uno
    - expect: {tasks: {dos: luz}}
    - do: dos
    - expect: {tasks: {tres: luz}}
    - act: abrir
    - expect: {tasks: {tres: luz, vigilar: ana}}
    - do: tres
    - expect: {tasks: {cuatro: luz, vigilar: ana}}
- scenario: A quien no está no se le da nada, y su suplente hace lo suyo mientras tanto
  procedure: CA-1
  start: 2026-03-16T10:00
  given:
    people:
      ana: {name: Ana, roles: ejecutivo}
      luz: {name: Luz, roles: ejecutivo}
      sol: {name: Sol, roles: jefe}
    absences: [{who: ana, from: 2026-03-17, until: 2026-03-18, deputy: sol}]
  steps:
    - open: {channel: email, from: acme@cliente.example}
    - expect: {tasks: {uno: ana}}
    - do: uno
      as: sol
    - expect: {refused: not_yours}
    - until: 2026-03-18T23:00
    - do: uno
      as: sol
    - expect: {tasks: {dos: luz}}
    - until: 2026-03-19T00:00
    - do: dos
      as: sol
    - expect: {refused: not_yours}
    - do: dos
    - expect: {tasks: {tres: luz}}
"""


def write_pack(folder: Path, scenarios: str = SCENARIOS, procedure: str = PROCEDURE) -> Path:
    files = {
        "pack.yaml": PACK,
        "procedures/cartera.yaml": procedure,
        "scenarios/cartera.yaml": scenarios,
    }
    for path, text in files.items():
        place = folder / "cartera" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder / "cartera"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("procedure_text", "scenarios"),
    [(PROCEDURE, SCENARIOS), (DEALT, DEALING)],
    ids=["care", "deal"],
)
def test_care_it_is_the_same_on_the_engine_and_in_the_registry(
    tmp_path: Path, procedure_text: str, scenarios: str
) -> None:
    folder = write_pack(tmp_path, scenarios, procedure_text)
    (suite,) = find_suites([folder])
    assert suite.pack is not None, suite.problems
    with stage(read_pack(folder), NOW) as make_driver:
        for scenario in suite.scenarios:
            procedure = suite.pack.procedures[scenario.procedure]
            on_engine = run_scenario(scenario, on_the_engine(suite.pack, procedure))

            in_database = run_scenario(scenario, make_driver(suite.pack, procedure))

            assert in_database.failures == on_engine.failures == ()
            assert compare(procedure, on_engine.journal, in_database.journal) is None
            assert verify().findings == ()


@pytest.mark.covers("PC-106")
@pytest.mark.django_db
def test_care_the_registry_keeps_who_did_what_and_each_change(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (suite,) = find_suites([folder])
    assert suite.pack is not None
    with stage(read_pack(folder), NOW) as make_driver:
        scenario = suite.scenarios[0]
        run_scenario(scenario, make_driver(suite.pack, suite.pack.procedures["CA-1"]))

        party = Party.objects.across_organizations().get()
        activities = Activity.objects.across_organizations().order_by("on")
        assert party.executive is not None
        assert party.executive.full_name == "Rita Campos"
        assert [(one.kind, one.on) for one in activities] == [
            ("feria", date(2022, 5, 2)),
            ("feria", date(2026, 3, 15)),
        ]
        assert activities[1].case is not None
        assert activities[1].recorded_by == f"person:{party.executive_id}"
        changes = PartyChange.objects.across_organizations().order_by("id")
        assert [(one.what, one.value) for one in changes] == [
            ("lifecycle", "potencial"),
            ("categoria", "alta"),
            ("executive", "rita"),
            ("categoria", "baja"),
        ]
