"""The flow as a picture that a browser shows and a printer prints."""

from xml.etree import ElementTree as ET

from ventanilla.core.drawing.graph import EdgeKind, Limit, Mark, NodeKind, TimerKind
from ventanilla.core.drawing.layout import (
    LANE_HEAD,
    MARGIN,
    POOL_HEAD,
    Box,
    Layout,
    PlacedEdge,
    PlacedNode,
    PlacedPool,
    PlacedTimer,
    Point,
)
from ventanilla.core.drawing.look import LOOKS, SIGNS, STYLE
from ventanilla.core.drawing.sizes import (
    BOXES,
    ICON,
    PAD,
    SMALL,
    SMALL_LINE,
    TAG,
    TITLE_LINE,
    tag_width,
)
from ventanilla.core.drawing.text import folded, width
from ventanilla.core.drawing.wording import Wording

CORNER = 7.0
COLUMN = 380.0


def svg_of(layout: Layout, wording: Wording) -> str:
    """The picture as SVG: it names and describes itself, and follows the reader's light or dark."""
    legend, legend_height = _legend(layout, wording)
    high = layout.height + legend_height
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "aria-labelledby": "picture-title picture-text",
            "viewBox": f"0 0 {_n(layout.width)} {_n(high)}",
            "width": _n(layout.width),
            "height": _n(high),
            "lang": wording.language,
        },
    )
    _told(root, "title", layout.flow.title, id="picture-title")
    _told(root, "desc", layout.flow.summary, id="picture-text")
    _told(root, "style", STYLE)
    _tips(root)
    _rect(root, Box(x=0, y=0, width=layout.width, height=high), "paper")
    for pool in layout.pools:
        _pool(root, pool, layout, wording)
    root.append(legend)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _tips(root: ET.Element) -> None:
    defs = ET.SubElement(root, "defs")
    for name, look in (("tip", "tip"), ("tip-back", "tip back")):
        marker = ET.SubElement(
            defs,
            "marker",
            {
                "id": name,
                "viewBox": "0 0 10 10",
                "refX": "9",
                "refY": "5",
                "markerWidth": "8",
                "markerHeight": "8",
                "markerUnits": "userSpaceOnUse",
                "orient": "auto",
            },
        )
        ET.SubElement(marker, "path", {"class": look, "d": "M0 0 10 5 0 10z"})


# --- a track -------------------------------------------------------------------------------------


def _pool(root: ET.Element, pool: PlacedPool, layout: Layout, wording: Wording) -> None:
    group = ET.SubElement(root, "g", {"id": pool.pool.id})
    box = pool.box
    _rect(group, Box(x=box.x, y=box.y, width=box.width, height=POOL_HEAD), "head")
    _text(group, box.x + 14, box.y + POOL_HEAD / 2 + 5, pool.pool.title, "head-text")
    if pool is layout.pools[0]:
        side = f"{layout.flow.code} · {wording.version.format(version=layout.flow.version)}"
        if box.width > width(pool.pool.title, 16) + width(side, SMALL) + 60:
            _text(
                group, box.x + box.width - 14, box.y + POOL_HEAD / 2 + 4, side, "head-side", "end"
            )
    for placed in pool.lanes:
        head = Box(x=placed.box.x, y=placed.box.y, width=placed.box.width, height=LANE_HEAD)
        _rect(group, head, "lane-head")
        _text(group, head.center[0], head.center[1] + 4.5, placed.lane.title, "lane-text", "middle")
        _rect(group, placed.box, "wall")
    _rect(group, box, "sheet")
    drawn = [edge for edge in pool.edges if edge.edge.kind is EdgeKind.FLOW]
    for edge in sorted(drawn, key=lambda edge: edge.back):
        target = pool.pool.nodes[edge.edge.target]
        _edge(group, edge, plain=target.kind is NodeKind.GATE)
    for edge in drawn:
        _words(group, edge)
    for node in pool.nodes.values():
        _node(group, node)
    for timer in pool.timers.values():
        _timer(group, timer)


def _edge(group: ET.Element, edge: PlacedEdge, *, plain: bool) -> None:
    """A line with a tip, unless it runs on beyond its target."""
    look, tip = ("line back", "tip-back") if edge.back else ("line", "tip")
    path = ET.SubElement(group, "path", {"class": look, "d": _rounded(edge.points)})
    if not plain:
        path.set("marker-end", f"url(#{tip})")


def _words(group: ET.Element, edge: PlacedEdge) -> None:
    if edge.words is None:
        return
    _rect(group, edge.words, "words back" if edge.back else "words", 8)
    look = "other" if edge.edge.otherwise else "said"
    _lines(group, edge.words, edge.lines, look)


def _rounded(points: tuple[Point, ...]) -> str:
    """A path through the points with round corners."""
    said = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(CORNER, _length(before, here) / 2, _length(here, after) / 2)
        into, out = _toward(here, before, radius), _toward(here, after, radius)
        said.append(f"L{_n(into[0])} {_n(into[1])}")
        said.append(f"Q{_n(here[0])} {_n(here[1])} {_n(out[0])} {_n(out[1])}")
    said.append(f"L{_n(points[-1][0])} {_n(points[-1][1])}")
    return "".join(said)


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _toward(start: Point, aim: Point, by: float) -> Point:
    whole = _length(start, aim) or 1.0
    share = by / whole
    return start[0] + (aim[0] - start[0]) * share, start[1] + (aim[1] - start[1]) * share


# --- a node --------------------------------------------------------------------------------------


def _node(group: ET.Element, placed: PlacedNode) -> None:
    node = placed.node
    part = ET.SubElement(group, "g", {"id": node.id})
    if node.title:
        _told(part, "title", node.title)
    if node.kind in BOXES:
        _box(part, placed)
        return
    x, y = placed.shape.center
    match node.kind:
        case NodeKind.START:
            _circle(part, placed.shape, "start", 0)
            _column(part, placed, "said")
        case NodeKind.END:
            _circle(part, placed.shape, "ring", 2)
            for number, line in enumerate(placed.size.lines, start=1):
                down = y + placed.shape.height / 2 + 2 + number * SMALL_LINE
                _text(part, x, down, line, "result", "middle")
        case NodeKind.SPLIT:
            half = placed.shape.width / 2
            spots = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
            drawn = " ".join(f"{_n(right)},{_n(down)}" for right, down in spots)
            ET.SubElement(part, "polygon", {"class": "choice", "points": drawn})
            _column(part, placed, "said")
        case NodeKind.GATE:
            _line(part, (x, placed.shape.y), (x, placed.shape.y + placed.shape.height))
        case _:
            _rect(part, placed.shape, "jump", 9)
            _lines(part, placed.shape, placed.size.lines, "said")


def _box(part: ET.Element, placed: PlacedNode) -> None:
    node, shape, size = placed.node, placed.shape, placed.size
    _rect(part, shape, LOOKS[node.kind], 7)
    words = TITLE_LINE * len(size.lines) + SMALL_LINE * len(size.notes) + TAG * len(size.tags)
    y = shape.y + (shape.height - words) / 2
    sign = ET.SubElement(part, "path", {"class": "sign", "d": SIGNS[node.kind]})
    sign.set("transform", f"translate({_n(shape.x + PAD - 1)} {_n(y)})")
    x = shape.x + PAD + ICON
    for line in size.lines:
        y += TITLE_LINE
        _text(part, x, y - 4, line, "title")
    for line in size.notes:
        y += SMALL_LINE
        _text(part, x, y - 3, line, "note")
    for row in size.tags:
        left = shape.x + PAD
        for mark in row:
            _tag(part, left, y + 3, mark)
            left += tag_width(mark) + 5
        y += TAG


def _tag(part: ET.Element, x: float, y: float, mark: Mark) -> None:
    """A small clock with the time that a limit gives."""
    group = ET.SubElement(part, "g")
    _told(group, "title", f"{mark.title}: {mark.within}")
    _rect(group, Box(x=x, y=y, width=tag_width(mark), height=TAG - 3), "tag", 8)
    _face(group, Box(x=x + 3.5, y=y + 2.5, width=12, height=12))
    _text(group, x + 20, y + 12.5, mark.within, "tag-text")


def _timer(group: ET.Element, placed: PlacedTimer) -> None:
    part = ET.SubElement(group, "g", {"id": placed.timer.id})
    _told(part, "title", placed.timer.title)
    _face(part, placed.shape, again=placed.timer.kind is TimerKind.REMIND)


def _face(part: ET.Element, box: Box, *, again: bool = False) -> None:
    """A clock; one that lets the wait go on is drawn with a broken rim."""
    rim = _circle(part, box, "clock", 0)
    if again:
        rim.set("stroke-dasharray", "3 2")
    x, y = box.center
    hand = box.width * 0.3
    d = f"M{_n(x)} {_n(y - hand)}V{_n(y)}H{_n(x + hand * 0.8)}"
    ET.SubElement(part, "path", {"class": "hands", "d": d})


# --- below the picture ---------------------------------------------------------------------------


def _legend(layout: Layout, wording: Wording) -> tuple[ET.Element, float]:
    """The limits in words, in columns."""
    group = ET.Element("g", {"id": "limits"})
    limits = layout.flow.limits
    if not limits:
        return group, 0.0
    top = layout.height + 14
    _text(group, MARGIN, top, wording.limits, "lane-text")
    columns = max(1, int((layout.width - 2 * MARGIN) // COLUMN))
    wide = (layout.width - 2 * MARGIN) / columns
    ends = [top + 12] * columns
    for limit in limits:
        column = ends.index(min(ends))
        ends[column] = _limit(
            group, MARGIN + column * wide, ends[column], wide - 24, limit, wording
        )
    return group, max(ends) - layout.height + MARGIN - 6


def _limit(
    group: ET.Element, x: float, y: float, wide: float, limit: Limit, wording: Wording
) -> float:
    """One limit; the height at which it ends."""
    _face(group, Box(x=x, y=y + 3, width=14, height=14))
    _text(group, x + 22, y + 15, f"{limit.title}: {limit.within}", "title")
    said = wording.limit.format(starts=limit.starts, stops=limit.stops)
    y += 16
    for text in (said, limit.cites):
        for line in folded(text, wide - 22, SMALL):
            y += SMALL_LINE
            _text(group, x + 22, y, line, "note")
    return y + 12


# --- strokes -------------------------------------------------------------------------------------


def _told(parent: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, attributes).text = text


def _rect(parent: ET.Element, box: Box, look: str, corner: float = 0) -> None:
    attributes = {
        "class": look,
        "x": _n(box.x),
        "y": _n(box.y),
        "width": _n(box.width),
        "height": _n(box.height),
    }
    if corner:
        attributes["rx"] = _n(corner)
    ET.SubElement(parent, "rect", attributes)


def _circle(parent: ET.Element, box: Box, look: str, inset: float) -> ET.Element:
    x, y = box.center
    radius = box.width / 2 - inset
    return ET.SubElement(
        parent, "circle", {"class": look, "cx": _n(x), "cy": _n(y), "r": _n(radius)}
    )


def _line(parent: ET.Element, start: Point, stop: Point) -> None:
    d = f"M{_n(start[0])} {_n(start[1])}L{_n(stop[0])} {_n(stop[1])}"
    ET.SubElement(parent, "path", {"class": "line", "d": d})


def _text(parent: ET.Element, x: float, y: float, words: str, look: str, anchor: str = "") -> None:
    attributes = {"class": look, "x": _n(x), "y": _n(y)}
    if anchor:
        attributes["text-anchor"] = anchor
    ET.SubElement(parent, "text", attributes).text = words


def _lines(parent: ET.Element, box: Box, lines: tuple[str, ...], look: str) -> None:
    """Lines in the middle of a box."""
    x, y = box.center
    first = y - SMALL_LINE * len(lines) / 2 + 10.5
    for number, line in enumerate(lines):
        _text(parent, x, first + number * SMALL_LINE, line, look, "middle")


def _column(parent: ET.Element, placed: PlacedNode, look: str) -> None:
    """Lines at the right of a symbol."""
    x = placed.shape.x + placed.shape.width + 8
    first = placed.shape.center[1] - SMALL_LINE * len(placed.size.lines) / 2 + 10.5
    for number, line in enumerate(placed.size.lines):
        _text(parent, x, first + number * SMALL_LINE, line, look)


def _n(number: float) -> str:
    """A number as short as it can be written."""
    return f"{round(number, 1):g}" if abs(number) < 1e5 else str(round(number))
