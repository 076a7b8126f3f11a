"""Where each element of the notation stands: BPMN's diagram interchange."""

from xml.etree import ElementTree as ET

from ventanilla.core.drawing.graph import NodeKind
from ventanilla.core.drawing.layout import Box, Layout, PlacedEdge, PlacedNode, PlacedPool
from ventanilla.core.drawing.names import BPMNDI, DC, DI
from ventanilla.core.drawing.sizes import SMALL_LINE


def add_diagram(root: ET.Element, layout: Layout) -> None:
    """Add a shape for every pool, lane and node, and the corners of every line."""
    diagram = ET.SubElement(root, f"{BPMNDI}BPMNDiagram", {"id": "Diagram"})
    plane = ET.SubElement(
        diagram, f"{BPMNDI}BPMNPlane", {"id": "Plane", "bpmnElement": "Collaboration"}
    )
    for pool in layout.pools:
        _pool(plane, pool)


def _pool(plane: ET.Element, pool: PlacedPool) -> None:
    _shape(plane, pool.pool.id, pool.box).set("isHorizontal", "false")
    for lane in pool.lanes:
        _shape(plane, lane.lane.id, lane.box).set("isHorizontal", "false")
    for placed in pool.nodes.values():
        shape = _shape(plane, placed.node.id, placed.shape)
        if placed.node.kind in {NodeKind.SPLIT, NodeKind.GATE}:
            shape.set("isMarkerVisible", "true")
        label = _label(placed)
        if label is not None:
            _bounds(ET.SubElement(shape, f"{BPMNDI}BPMNLabel"), label)
    for timer in pool.timers.values():
        _shape(plane, timer.timer.id, timer.shape)
    for edge in pool.edges:
        _edge(plane, edge)


def _shape(plane: ET.Element, name: str, box: Box) -> ET.Element:
    shape = ET.SubElement(plane, f"{BPMNDI}BPMNShape", {"id": f"Shape_{name}", "bpmnElement": name})
    _bounds(shape, box)
    return shape


def _edge(plane: ET.Element, placed: PlacedEdge) -> None:
    name = placed.edge.id
    element = ET.SubElement(plane, f"{BPMNDI}BPMNEdge", {"id": f"Line_{name}", "bpmnElement": name})
    for x, y in placed.points:
        ET.SubElement(element, f"{DI}waypoint", {"x": _n(x), "y": _n(y)})
    if placed.words is not None:
        _bounds(ET.SubElement(element, f"{BPMNDI}BPMNLabel"), placed.words)


def _label(placed: PlacedNode) -> Box | None:
    """Where the words beside a symbol stand."""
    shape, size = placed.shape, placed.size
    high = SMALL_LINE * len(size.lines)
    if not size.lines:
        return None
    match placed.node.kind:
        case NodeKind.START | NodeKind.SPLIT:
            words = size.right - shape.width / 2 - 8
            x = shape.x + shape.width + 8
            return Box(x=x, y=shape.center[1] - high / 2, width=words, height=high)
        case NodeKind.END:
            wide = size.left + size.right
            x = shape.center[0] - wide / 2
            return Box(x=x, y=shape.y + shape.height + 4, width=wide, height=high)
        case _:
            return None


def _bounds(parent: ET.Element, box: Box) -> None:
    ET.SubElement(
        parent,
        f"{DC}Bounds",
        {
            "x": _n(box.x),
            "y": _n(box.y),
            "width": _n(box.width),
            "height": _n(box.height),
        },
    )


def _n(number: float) -> str:
    return f"{round(number, 1):.10g}"
