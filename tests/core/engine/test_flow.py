"""How a case flows: tasks, branches, things that do themselves, tracks, actions and rules."""

from dataclasses import replace

import pytest

from tests.core.engine.builders import AGENT, CHIEF, Case, opened, procedure
from ventanilla.core.definition.expressions import Person
from ventanilla.core.definition.model import StepKind
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import RefusalCode, Tick
from ventanilla.core.engine.state import PartyView, Status, TrackStatus

TWO_STEPS = """
fields: {tipo: {type: choice, label: Tipo, options: {a: A, b: B}}}
steps:
  uno: {who: jefe, ask: [tipo], next: [{if: tipo == "a", go: tres}, {if: tipo == "b", end: corto}]}
  dos: {who: jefe}
  tres: {who: jefe, end: largo}
"""


def test_case_it_begins_at_the_first_step_written() -> None:
    case = opened(TWO_STEPS)

    assert case.at() == ["uno"]
    assert case.state.status is Status.OPEN


@pytest.mark.parametrize(("kind", "steps"), [("a", ["tres"]), ("b", []), (None, ["dos"])])
def test_case_it_takes_the_first_branch_that_holds(kind: str | None, steps: list[str]) -> None:
    case = opened(TWO_STEPS)

    case.do("uno", tipo=kind)

    assert case.at() == steps


def test_case_it_closes_with_the_result_of_the_branch_that_ends_it() -> None:
    case = opened(TWO_STEPS)

    case.do("uno", tipo="b")

    assert (case.state.status, case.state.result) == (Status.CLOSED, "corto")
    assert case.told(f.Closed) == [f.Closed(result="corto", at=case.now)]


def test_case_it_passes_over_a_step_whose_skip_condition_holds() -> None:
    case = opened("""
        fields: {urgente: {type: boolean, label: Urgente}}
        steps:
          uno: {who: jefe, ask: [urgente]}
          dos: {who: jefe, skip_if: urgente}
          tres: {who: jefe, end: fin}
    """)

    case.do("uno", urgente=True)

    assert case.at() == ["tres"]
    assert case.told(f.StepSkipped) == [f.StepSkipped(step="dos")]
    assert "dos" not in case.state.visits


def test_case_it_does_by_itself_what_needs_nobody() -> None:
    case = opened(
        """
        fields:
          monto: {type: integer, label: Monto}
          grupo: {type: choice, label: Grupo, options: {chico: Chico, grande: Grande}}
        tables:
          tamano: {title: T, inputs: [monto], outputs: [grupo],
                   rules: [["< 10", chico], [">= 10", grande]]}
        steps:
          medir: {decide: tamano}
          anotar: {record: {lifecycle: activo, city: '"Lima"'}}
          avisar: {send: aviso}
          cruce: {next: [{if: grupo == "grande", go: ver}, {end: fin}]}
          ver: {who: jefe, end: visto}
        """,
        {"aviso": "Recibido: {{ grupo }}."},
        monto=12,
        party=PartyView(ref="p1", lifecycle="nuevo"),
    )

    assert case.at() == ["ver"]
    assert case.told(f.TableRead) == [f.TableRead(table="tamano", rows=("2",))]
    assert case.state.party == PartyView(ref="p1", lifecycle="activo", attributes={"city": "Lima"})
    (owed,) = case.told(f.MessageOwed)
    assert (owed.to, owed.body, owed.automatic) == (
        "ana@cliente.example",
        "Recibido: Grande.",
        True,
    )


def test_case_it_empties_what_a_table_without_a_matching_row_had_said_before() -> None:
    case = opened("""
        fields:
          monto: {type: integer, label: Monto}
          grupo: {type: choice, label: Grupo, options: {chico: Chico}}
        tables:
          tamano: {title: T, inputs: [monto], outputs: [grupo], rules: [["< 10", chico]]}
        steps:
          pedir: {who: jefe, ask: [monto]}
          medir: {decide: tamano, next: pedir_mas}
          pedir_mas: {who: jefe, next: [{if: monto == 0, end: fin}, {go: pedir}]}
    """)
    case.do("pedir", monto=3)
    assert case.state.fields["grupo"] == "chico"

    case.do("pedir_mas")
    case.do("pedir", monto=30)

    assert case.state.fields.get("grupo") is None
    assert case.told(f.TableRead)[-1].rows == ()


def test_visits_they_are_counted_so_that_each_task_has_its_own_key() -> None:
    case = opened("""
        steps:
          uno: {who: jefe}
          dos: {who: jefe, next: [{if: case.subject == "", end: fin}, {go: uno}]}
    """)

    case.do("uno")
    case.do("dos")

    assert list(case.state.active) == ["uno#2"]


def test_wait_with_a_message_it_sends_before_it_waits() -> None:
    compiled = procedure(
        "steps: {pedir: {wait: {for: message}, give_up: {after: 2 days, end: nada}, end: fin}}",
        {"pedido": "¿Y bien?"},
    )
    other = procedure(
        "steps: {enviar: {send: pedido}, ver: {who: jefe, end: fin}}", {"pedido": "¿Y bien?"}
    )
    step = replace(compiled.steps["pedir"], send=other.steps["enviar"].send)
    case = Case(replace(compiled, steps={"pedir": step}, messages=other.messages))

    case.open()

    assert case.at() == ["pedir"]
    assert [owed.message for owed in case.told(f.MessageOwed)] == ["pedido"]


def test_task_with_a_table_it_decides_when_the_task_is_done() -> None:
    compiled = procedure("""
        fields:
          monto: {type: integer, label: Monto}
          grupo: {type: choice, label: Grupo, options: {chico: Chico}}
        tables: {t: {title: T, inputs: [monto], outputs: [grupo], rules: [["< 10", chico]]}}
        steps:
          pedir: {who: jefe, ask: [monto]}
          medir: {decide: t, end: fin}
    """)
    step = replace(compiled.steps["pedir"], decide="t")
    case = Case(replace(compiled, steps={**compiled.steps, "pedir": step}))
    assert step.kind is StepKind.TASK
    case.open()

    case.do("pedir", monto=1)

    assert case.told(f.TableRead)[0] == f.TableRead(table="t", rows=("1",))


def test_step_of_a_person_it_is_theirs_when_the_case_comes_to_it() -> None:
    case = opened("""
        fields: {encargado: {type: person, label: Encargado}}
        steps:
          uno: {who: jefe, ask: [encargado]}
          dos: {who: {person: encargado, else: jefe}}
          tres: {who: {person: encargado, else: jefe}, end: fin}
    """)

    case.do("uno", encargado=Person(key=AGENT.id))

    assert case.state.active["dos#1"].assignee == AGENT.id
    case.do("dos", by=AGENT)
    assert case.at() == ["tres"]


# --- tracks ---------------------------------------------------------------------------------------

TRACKS = """
fields: {listo: {type: boolean, label: Listo}}
steps:
  uno: {who: jefe, ask: [listo]}
  dos: {who: jefe, end: fin}
tracks:
  lado:
    title: Al lado
    from: {on: done uno, if: listo}
    until: acted parar
    steps:
      vigilar: {who: jefe}
      informar: {who: jefe, end: informado}
actions:
  parar: {title: Parar, who: jefe}
"""


def test_track_it_runs_beside_the_main_one() -> None:
    case = opened(TRACKS)

    case.do("uno", listo=True)

    assert case.at() == ["dos", "vigilar"]


def test_track_it_does_not_begin_when_its_condition_fails() -> None:
    case = opened(TRACKS)

    case.do("uno", listo=False)

    assert case.at() == ["dos"]


def test_case_it_stays_open_until_every_track_has_ended() -> None:
    case = opened(TRACKS)
    case.do("uno", listo=True)

    case.do("dos")
    assert case.state.status is Status.OPEN
    case.do("vigilar")
    case.do("informar")

    assert (case.state.status, case.state.result) == (Status.CLOSED, "fin")


def test_track_it_is_left_when_the_event_that_stops_it_happens() -> None:
    case = opened(TRACKS)
    case.do("uno", listo=True)

    case.act("parar")

    assert case.at() == ["dos"]
    assert case.state.tracks["lado"] is TrackStatus.ENDED
    assert f.StepLeft(step="vigilar", visit=1, at=case.now) in case.facts


def test_track_it_does_not_move_on_when_it_stops_in_the_moment_a_step_is_done() -> None:
    case = opened(TRACKS.replace("until: acted parar", "until: done vigilar"))
    case.do("uno", listo=True)

    case.do("vigilar")

    assert case.at() == ["dos"]
    assert "informar" not in case.state.visits


# --- actions and rules ----------------------------------------------------------------------------


def test_action_it_asks_sets_sends_and_takes_the_case_elsewhere() -> None:
    case = opened(
        """
        fields: {nota: {type: text, label: Nota}, urgente: {type: boolean, label: Urgente}}
        steps:
          uno: {who: jefe}
          dos: {who: jefe, end: fin}
        actions:
          apurar:
            {title: Apurar, who: jefe, ask: [nota], set: {urgente: true}, send: aviso, go: dos}
        """,
        {"aviso": "{{ nota }}"},
    )

    case.act("apurar", nota="ya")

    assert case.at() == ["dos"]
    assert case.state.fields == {"nota": "ya", "urgente": True}
    assert case.told(f.MessageOwed)[0].body == "ya"
    assert case.told(f.ActionTaken) == [f.ActionTaken(action="apurar", at=case.now)]


RULES = """
fields: {urgente: {type: boolean, label: Urgente}, veces: {type: integer, label: Veces, default: 0}}
steps:
  uno: {who: jefe, ask: [urgente]}
  dos: {who: jefe}
  tres: {who: jefe, end: fin}
rules:
  - {on: set urgente, if: urgente, do: {set: {veces: veces + 1}}}
  - {on: done uno, if: urgente, do: {go: tres}}
  - {on: closed, do: {send: encuesta}}
"""


def test_rule_it_sets_when_its_event_happens_and_its_condition_holds() -> None:
    case = opened(RULES, {"encuesta": "¿Qué tal?"})

    case.do("uno", urgente=False)
    assert case.state.fields["veces"] == 0
    other = opened(RULES, {"encuesta": "¿Qué tal?"})
    other.do("uno", urgente=True)

    assert other.state.fields["veces"] == 1


def test_rule_it_takes_the_case_elsewhere_instead_of_where_it_was_going() -> None:
    case = opened(RULES, {"encuesta": "¿Qué tal?"})

    case.do("uno", urgente=True)

    assert case.at() == ["tres"]
    assert "dos" not in case.state.visits


def test_rule_it_may_still_send_when_the_case_has_closed() -> None:
    case = opened(RULES, {"encuesta": "¿Qué tal?"})
    case.do("uno", urgente=True)

    case.do("tres", by=CHIEF)

    assert [owed.message for owed in case.told(f.MessageOwed)] == ["encuesta"]
    assert isinstance(case.facts[-1], f.MessageOwed)


def test_rule_it_cannot_take_a_closed_case_anywhere() -> None:
    case = opened("""
        steps: {uno: {who: jefe, end: fin}, dos: {who: jefe, end: fin}}
        rules: [{on: closed, do: {go: dos}}]
        actions: {ir: {title: Ir, who: jefe, go: dos}}
    """)

    case.do("uno")

    assert case.state.status is Status.CLOSED
    assert not case.state.active
    assert set(case.state.tracks.values()) == {TrackStatus.ENDED}


def test_procedure_in_circles_it_is_refused_and_changes_nothing() -> None:
    compiled = procedure("""
        fields: {n: {type: integer, label: N, default: 0}}
        steps:
          uno: {who: jefe}
          dos: {next: [{if: n == 0, go: tres}, {end: fin}]}
          tres: {record: {lifecycle: activo}, next: [{if: n == 0, go: ver}, {go: ver}]}
          ver: {who: jefe, end: fin}
    """)
    circle = replace(
        compiled.steps["tres"], next=(replace(compiled.steps["tres"].next[1], go="dos"),)
    )
    case = Case(replace(compiled, steps={**compiled.steps, "tres": circle}))
    case.open()
    before = case.state

    refused = case.refuse(case.completing("uno"), CHIEF)

    assert refused.code is RefusalCode.RUNAWAY
    assert case.state is before
    assert case.accept(Tick()) == ()
