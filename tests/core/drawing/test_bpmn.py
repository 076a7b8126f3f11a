"""The flow in BPMN: whole, sound, placed, and leading where the procedure leads."""

import re
from collections import Counter
from xml.etree import ElementTree as ET

from tests.core.drawing.cases import all_kinds, sound
from tests.core.drawing.luck import luck_of
from tests.core.drawing.walks import Process, walk_model
from ventanilla.core.drawing.names import BPMN, BPMNDI, DC, DI

NCNAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def test_identifiers_they_are_valid_and_unique() -> None:
    for one in all_kinds():
        found = [name for e in ET.fromstring(one.bpmn).iter() if (name := e.get("id"))]

        assert all(NCNAME.fullmatch(name) for name in found)
        assert [name for name, count in Counter(found).items() if count > 1] == []


def test_flows_they_lead_from_what_exists_to_what_exists_and_both_ends_name_them() -> None:
    for one in all_kinds():
        document = one.bpmn
        for track in one.procedure.tracks:
            process = Process(document, f"Process_{track}")

            for name, flow in process.flows.items():
                assert name in process.after(flow.get("sourceRef", ""))
                assert name in process.before(flow.get("targetRef", ""))
            told = [flow for name in process.elements for flow in process.after(name)]
            assert sorted(told) == sorted(process.flows)


def test_processes_each_has_one_start_from_which_all_is_reached() -> None:
    for one in sound():
        document = one.bpmn
        for track in one.procedure.tracks:
            process = Process(document, f"Process_{track}")

            assert len(process.of_kind("startEvent")) == 1
            assert set(process.elements) - process.reached() == set()


def test_gateways_they_have_a_default_without_condition_and_conditions_on_all_other_ways() -> None:
    for one in all_kinds():
        for track in one.procedure.tracks:
            process = Process(one.bpmn, f"Process_{track}")
            for name in process.of_kind("exclusiveGateway"):
                default = process.elements[name].get("default")
                bare = [
                    flow
                    for flow in process.after(name)
                    if process.flows[flow].find(f"{BPMN}conditionExpression") is None
                ]

                assert bare == [default]


def test_diagram_every_node_pool_and_lane_has_a_shape_and_every_flow_corners() -> None:
    for one in all_kinds():
        root = ET.fromstring(one.bpmn)
        shapes = {shape.get("bpmnElement"): shape for shape in root.iter(f"{BPMNDI}BPMNShape")}
        lines = {line.get("bpmnElement"): line for line in root.iter(f"{BPMNDI}BPMNEdge")}
        drawn = {element.get("id") for element in root.iter() if _is_drawn(element)}
        flows = {flow.get("id") for flow in root.iter(f"{BPMN}sequenceFlow")}

        assert set(shapes) == drawn
        assert set(lines) == flows
        assert all(shape.find(f"{DC}Bounds") is not None for shape in shapes.values())
        assert all(len(line.findall(f"{DI}waypoint")) >= 2 for line in lines.values())


def test_lanes_they_hold_every_node_once() -> None:
    for one in all_kinds():
        document = one.bpmn
        root = ET.fromstring(document)
        for track in one.procedure.tracks:
            process = Process(document, f"Process_{track}")
            element = root.find(f"{BPMN}process[@id='Process_{track}']")
            assert element is not None
            held = [ref.text for ref in element.iter(f"{BPMN}flowNodeRef")]

            assert sorted(str(one) for one in held) == sorted(process.elements)


def test_walks_they_come_through_the_same_steps_to_the_same_result() -> None:
    for one in all_kinds():
        for track in one.procedure.tracks.values():
            process = Process(one.bpmn, f"Process_{track.name}")
            for seed in range(40):
                luck = luck_of(seed)

                assert process.walk(luck) == walk_model(one.procedure, track.first, luck)


def test_walks_they_agree_after_an_action_a_rule_or_reopening_too() -> None:
    one = sound()[0]
    process = Process(one.bpmn, "Process_main")
    jumps = process.of_kind("intermediateThrowEvent")
    targets = ["cerrar", "elegir", "anotar"]

    for jump, target in zip(jumps, targets, strict=True):
        for seed in range(40):
            luck = luck_of(seed)

            assert process.walk(luck, entry=jump) == walk_model(one.procedure, target, luck)


def test_clocks_they_say_when_and_whether_the_wait_goes_on() -> None:
    process = Process(sound()[0].bpmn, "Process_main")

    (gives_up,) = process.clocks("Step_esperar", ends=True)
    (reminds,) = process.clocks("Step_esperar", ends=False)

    assert process.elements[gives_up].findtext(f".//{BPMN}timeDuration") == "P1M"
    assert process.elements[reminds].findtext(f".//{BPMN}timeCycle") == "R3/2 business days"


def test_conditions_they_are_in_the_words_of_the_author_and_each_excludes_those_before_it() -> None:
    for one in sound():
        flows = list(ET.fromstring(one.bpmn).iter(f"{BPMN}sequenceFlow"))

        for step in one.procedure.steps.values():
            given = [branch.condition.source for branch in step.next if branch.condition]
            asked = [
                flow.findtext(f"{BPMN}conditionExpression")
                for flow in flows
                if flow.get("sourceRef") in {f"Split_{step.name}", f"Step_{step.name}"}
            ]

            for number, condition in enumerate(given):
                others = "".join(f"not ({earlier}) and " for earlier in given[:number])
                assert (f"{others}({condition})" if others else condition) in asked


def _is_drawn(element: ET.Element) -> bool:
    kind = element.tag.removeprefix(BPMN)
    ends = ("Event", "Task", "task", "Gateway")
    return kind in {"participant", "lane"} or kind.endswith(ends)
