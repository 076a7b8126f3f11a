"""The flow in BPMN 2.0: a process for each track, lanes for roles, places as in the picture."""

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from ventanilla.core.drawing.bpmn_diagram import add_diagram
from ventanilla.core.drawing.graph import (
    Edge,
    EdgeKind,
    Flow,
    Node,
    NodeKind,
    Pool,
    Timer,
    TimerKind,
)
from ventanilla.core.drawing.layout import Layout
from ventanilla.core.drawing.names import BPMN, XSI, prefixed

EXPRESSIONS = "urn:ventanilla:expression"
SPANS = "urn:ventanilla:span"

_ELEMENTS: Mapping[NodeKind, str] = {
    NodeKind.START: "startEvent",
    NodeKind.GATE: "exclusiveGateway",
    NodeKind.JUMP: "intermediateThrowEvent",
    NodeKind.TASK: "userTask",
    NodeKind.SIGN: "userTask",
    NodeKind.SEND: "sendTask",
    NodeKind.DECIDE: "businessRuleTask",
    NodeKind.SCORE: "businessRuleTask",
    NodeKind.RECORD: "serviceTask",
    NodeKind.CHECK: "serviceTask",
    NodeKind.OPEN: "serviceTask",
    NodeKind.JUNCTION: "task",
    NodeKind.WAIT: "receiveTask",
    NodeKind.WAIT_UNTIL: "task",
    NodeKind.SPLIT: "exclusiveGateway",
    NodeKind.REMINDER: "sendTask",
    NodeKind.END: "endEvent",
}


def bpmn_of(layout: Layout) -> str:
    """The flow as BPMN with diagram interchange; conditions are in the words of their authors."""
    flow = layout.flow
    root = ET.Element(
        f"{BPMN}definitions",
        {
            "id": "Definitions",
            "name": flow.title,
            "targetNamespace": f"urn:ventanilla:procedure:{flow.code}",
            "expressionLanguage": EXPRESSIONS,
            "exporter": "Ventanilla",
        },
    )
    _collaboration(root, flow)
    for pool in flow.pools:
        _process(root, pool)
    add_diagram(root, layout)
    return prefixed(root)


def process_id(pool: Pool) -> str:
    return f"Process_{pool.id.removeprefix('Track_')}"


def _collaboration(root: ET.Element, flow: Flow) -> None:
    collaboration = ET.SubElement(root, f"{BPMN}collaboration", {"id": "Collaboration"})
    _documented(collaboration, (flow.summary,))
    for pool in flow.pools:
        ET.SubElement(
            collaboration,
            f"{BPMN}participant",
            {"id": pool.id, "name": pool.title, "processRef": process_id(pool)},
        )


def _process(root: ET.Element, pool: Pool) -> None:
    process = ET.SubElement(
        root,
        f"{BPMN}process",
        {"id": process_id(pool), "name": pool.title, "isExecutable": "true"},
    )
    lanes = ET.SubElement(process, f"{BPMN}laneSet", {"id": f"Lanes_{pool.id}"})
    names = list(dict.fromkeys(node.lane for node in pool.nodes.values()))
    for name, lane in zip(names, pool.lanes, strict=True):
        element = ET.SubElement(lanes, f"{BPMN}lane", {"id": lane.id, "name": lane.title})
        standing = [node.id for node in pool.nodes.values() if node.lane == name]
        standing += [t.id for t in pool.timers.values() if pool.nodes[t.host].lane == name]
        for node_id in standing:
            ET.SubElement(element, f"{BPMN}flowNodeRef").text = node_id
    for node in pool.nodes.values():
        _node(process, node, pool)
    for timer in pool.timers.values():
        _timer(process, timer, pool)
    tried: dict[str, list[str]] = {}
    for edge in pool.edges:
        _sequence(process, edge, tried.setdefault(edge.source, []))


def _node(process: ET.Element, node: Node, pool: Pool) -> None:
    element = ET.SubElement(process, f"{BPMN}{_ELEMENTS[node.kind]}", {"id": node.id})
    if node.title:
        element.set("name", node.title)
    _documented(element, (f"{mark.title}: {mark.within}" for mark in node.marks))
    _ways(element, node.id, pool)
    default = [edge.id for edge in pool.edges if edge.source == node.id and edge.otherwise]
    if default:
        element.set("default", default[0])
    if node.kind in {NodeKind.SPLIT, NodeKind.GATE}:
        element.set("gatewayDirection", "Mixed" if _meets(node, pool) else "Diverging")


def _meets(node: Node, pool: Pool) -> bool:
    return sum(edge.target == node.id for edge in pool.edges) > 1


def _timer(process: ET.Element, timer: Timer, pool: Pool) -> None:
    gives_up = timer.kind is TimerKind.GIVE_UP
    element = ET.SubElement(
        process,
        f"{BPMN}boundaryEvent",
        {
            "id": timer.id,
            "name": timer.title,
            "attachedToRef": timer.host,
            "cancelActivity": "true" if gives_up else "false",
        },
    )
    _ways(element, timer.id, pool)
    clock = ET.SubElement(element, f"{BPMN}timerEventDefinition", {"id": f"{timer.id}.clock"})
    once = gives_up or timer.times == 1
    given = ET.SubElement(clock, f"{BPMN}{'timeDuration' if once else 'timeCycle'}")
    given.set(f"{XSI}type", "bpmn:tFormalExpression")
    given.text = timer.period if once else f"R{timer.times}/{timer.period}"
    if not timer.period.startswith("P"):
        given.set("language", SPANS)


def _ways(element: ET.Element, name: str, pool: Pool) -> None:
    for edge in pool.edges:
        if edge.target == name:
            ET.SubElement(element, f"{BPMN}incoming").text = edge.id
    for edge in pool.edges:
        if edge.source == name:
            ET.SubElement(element, f"{BPMN}outgoing").text = edge.id


def _sequence(process: ET.Element, edge: Edge, tried: list[str]) -> None:
    """One way on. ``tried`` are the conditions of the ways before it, which it adds its own to."""
    element = ET.SubElement(
        process,
        f"{BPMN}sequenceFlow",
        {"id": edge.id, "sourceRef": edge.source, "targetRef": edge.target},
    )
    if edge.label:
        element.set("name", edge.label)
    condition = _condition(edge, tried)
    if condition:
        given = ET.SubElement(element, f"{BPMN}conditionExpression")
        given.set(f"{XSI}type", "bpmn:tFormalExpression")
        given.text = condition


def _condition(edge: Edge, tried: list[str]) -> str:
    """When this way is taken. BPMN knows no order among ways, so each excludes those before it."""
    if edge.kind is EdgeKind.ENTRY:
        return f'entry == "{edge.target}"'
    if not edge.condition:
        return ""
    others = "".join(f"not ({one}) and " for one in tried)
    tried.append(edge.condition)
    return f"{others}({edge.condition})" if others else edge.condition


def _documented(element: ET.Element, texts: Iterable[str]) -> None:
    for text in texts:
        ET.SubElement(element, f"{BPMN}documentation").text = text
