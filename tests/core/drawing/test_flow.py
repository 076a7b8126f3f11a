"""What the flow takes from the procedure: lanes, ways in, limits, skips, signatures."""

from tests.core.drawing.cases import sound
from tests.core.engine.builders import procedure
from ventanilla.core.definition.model import StepKind
from ventanilla.core.drawing.flow import KINDS, flow_of
from ventanilla.core.drawing.graph import EdgeKind, NodeKind, Pool
from ventanilla.packs.drawing_words import SPANISH


def main_pool(text: str) -> Pool:
    return flow_of(procedure(text), SPANISH).pools[0]


def ways(pool: Pool, source: str) -> list[tuple[str, str]]:
    return [(edge.label, edge.target) for edge in pool.edges if edge.source == source]


def test_kinds_every_kind_of_step_can_be_drawn() -> None:
    assert set(KINDS) | {StepKind.WAIT} == set(StepKind)


def test_lanes_what_happens_by_itself_stays_with_who_came_before() -> None:
    pool = main_pool(
        """
        steps:
          uno: {who: agente, do: Hacer}
          dos: {next: tres}
          tres: {who: jefe, do: Hacer}
          cuatro: {next: cinco}
          cinco: {end: fin}
        """
    )

    lanes = [pool.nodes[f"Step_{name}"].lane for name in ("uno", "dos", "tres", "cuatro", "cinco")]

    assert lanes == ["agente", "agente", "jefe", "jefe", "jefe"]
    assert [lane.title for lane in pool.lanes] == ["Agente", "Jefe"]


def test_lanes_where_nobody_does_anything_there_is_one_without_a_role() -> None:
    pool = main_pool("steps: {uno: {next: dos}, dos: {end: fin}}")

    assert [lane.title for lane in pool.lanes] == ["Automático"]


def test_skips_they_lead_past_the_step_to_where_it_leads() -> None:
    pool = main_pool(
        """
        fields: {listo: {type: boolean, label: Listo}}
        steps:
          uno: {who: agente, ask: [listo]}
          dos: {who: agente, do: Hacer, skip_if: listo, end: fin}
        """
    )

    assert ways(pool, "Step_uno") == [("", "Skip_dos")]
    assert ways(pool, "Skip_dos") == [("Listo", "End_dos.fin"), ("en otro caso", "Step_dos")]


def test_jumps_they_show_what_brings_a_case_into_the_middle() -> None:
    pool = sound()[0].layout.flow.pools[0]

    jumps = {
        n.title: ways(pool, n.id)[0][1] for n in pool.nodes.values() if n.kind is NodeKind.JUMP
    }

    assert jumps == {
        "Acción: Apurar": "Step_cerrar",
        "se anota «Nota» (si Urgente)": "Split_elegir",
        "El cliente vuelve a escribir después del cierre": "Step_anotar",
    }
    entries = [edge.target for edge in pool.edges if edge.kind is EdgeKind.ENTRY]
    assert len(entries) == len(jumps)


def test_signatures_each_signer_stands_in_the_lane_of_the_role_and_can_send_back() -> None:
    pool = sound()[0].layout.flow.pools[0]

    signers = [node for node in pool.nodes.values() if node.kind is NodeKind.SIGN]

    assert [node.lane for node in signers] == ["jefe", "agente"]
    assert ways(pool, "Verdict_visar.1") == [
        ("se devuelve", "Step_anotar"),
        ("en otro caso", "Step_visar.2"),
    ]
    assert ways(pool, "Verdict_visar.2") == [
        ("se devuelve", "Step_anotar"),
        ("en otro caso", "Split_elegir"),
    ]


def test_tracks_each_has_a_pool_that_says_when_it_begins() -> None:
    main, beside = sound()[0].layout.flow.pools

    assert main.nodes["Start_main"].title == "alguien escribe"
    assert beside.title == "A la par: Vigilar"
    assert beside.nodes["Start_vigilar"].title == "vence el plazo «Atender» (si Urgente)"
