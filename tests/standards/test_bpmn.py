"""BPMN as others see it: valid, read whole, and leading where our engine leads."""

import pytest

from tests.core.drawing.cases import Drawn, all_kinds, sound
from tests.core.drawing.luck import luck_of
from tests.core.drawing.walks import LONGEST, Process, walk_model
from tests.standards.cases import WALKS, Followed, followed
from tests.standards.conftest import Peer
from ventanilla.core.definition.model import RETURNED, Procedure

SEEDS = list(range(40))


def test_documents_they_are_valid_by_the_schema_of_the_omg(spiff: Peer) -> None:
    for one in all_kinds():
        assert spiff.ask("valid", schema="bpmn", document=one.bpmn) == []


def test_a_document_with_a_misplaced_element_is_not_valid(spiff: Peer) -> None:
    one = next(all_kinds())
    broken = one.bpmn.replace("<bpmn:laneSet", "<bpmn:lane/><bpmn:laneSet")

    assert spiff.ask("valid", schema="bpmn", document=broken) != []


def test_documents_bpmn_moddle_reads_every_node_way_lane_and_shape(readers: Peer) -> None:
    for one in all_kinds():
        read = readers.ask("bpmn", document=one.bpmn)
        processes = [Process(one.bpmn, f"Process_{track}") for track in one.procedure.tracks]
        nodes = {name for process in processes for name in process.elements}
        flows = {
            (name, flow.get("sourceRef"), flow.get("targetRef"))
            for process in processes
            for name, flow in process.flows.items()
        }

        assert read["warnings"] == []
        assert set(read["nodes"]) == nodes
        assert {tuple(flow) for flow in read["flows"]} == flows
        assert nodes | {name for name, _, _ in flows} <= set(read["drawn"])


def test_walks_spiffworkflow_comes_through_the_steps_of_the_procedure_to_its_result(
    spiff: Peer,
) -> None:
    count = 0
    for one in sound():
        for track in one.procedure.tracks.values():
            if _goes_round(Process(one.bpmn, f"Process_{track.name}")):
                continue
            walks = _walked(spiff, one, track.name)
            for seed, (came, ends) in zip(SEEDS, walks, strict=True):
                wanted = walk_model(one.procedure, track.first, luck_of(seed))
                results = [] if wanted.result is None else [wanted.result.replace("_", " ")]

                assert (tuple(came[:LONGEST]), ends) == (wanted.steps, results)
                count += wanted.result is not None
    assert count > 200


def _goes_round(process: Process) -> bool:
    """Whether a circle has no choice in it; the peer looks ahead and would never come back."""
    for name in process.elements:
        seen: set[str] = set()
        while name not in seen and len(process.after(name)) == 1:
            seen.add(name)
            (flow,) = process.after(name)
            name = process.flows[flow].get("targetRef", "")
        if name in seen:
            return True
    return False


def _walked(spiff: Peer, one: Drawn, track: str) -> list[tuple[list[str], list[str]]]:
    told = spiff.ask(
        "walk",
        document=one.bpmn,
        process=f"Process_{track}",
        conditions=sorted(_conditions(one.procedure)),
        seeds=SEEDS,
        longest=LONGEST,
    )
    return [(came, ends) for came, ends in told["walks"]]


def _conditions(procedure: Procedure) -> set[str]:
    found = set()
    for step in procedure.steps.values():
        found |= {branch.condition.source for branch in step.next if branch.condition is not None}
        if step.skip_if is not None:
            found.add(step.skip_if.source)
        if step.approve is not None:
            found.add(f'{step.approve.verdict} == "{RETURNED}"')
    return found


@pytest.mark.parametrize("seed", range(WALKS))
def test_random_cases_spiffworkflow_stands_and_ends_where_our_engine_does(
    spiff: Peer, seed: int
) -> None:
    case: Followed = followed(seed)

    told = spiff.ask(
        "follow",
        document=case.bpmn,
        process="Process_main",
        data=case.data,
        moves=[{"data": move.data, "clock": move.clock} for move in case.moves],
    )

    assert told["stands"] == [[move.at] for move in case.moves]
    assert told["ends"] == case.ends
