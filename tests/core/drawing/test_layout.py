"""Everything has its own place: nothing lies on anything else, and lines go round."""

from itertools import combinations, pairwise

import pytest

from tests.core.drawing.cases import all_kinds, sound
from ventanilla.core.drawing.flow import flow_of
from ventanilla.core.drawing.graph import EdgeKind, NodeKind
from ventanilla.core.drawing.layout import Box, PlacedPool, layout_of
from ventanilla.packs.drawing_words import SPANISH


def boxes(pool: PlacedPool) -> dict[str, Box]:
    """What takes room: symbols with their words, and the words on lines."""
    found = {}
    for name, placed in pool.nodes.items():
        x, y = placed.shape.center
        size = placed.size
        high = size.height
        top = placed.shape.y if placed.node.kind is NodeKind.END else y - high / 2
        found[name] = Box(x=x - size.left, y=top, width=size.left + size.right, height=high)
    found |= {f"words {one.edge.id}": one.words for one in pool.edges if one.words is not None}
    return found


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width - 0.1
        and other.x < one.x + one.width - 0.1
        and one.y < other.y + other.height - 0.1
        and other.y < one.y + one.height - 0.1
    )


def test_room_nothing_lies_on_anything_else() -> None:
    for drawn in all_kinds():
        for pool in drawn.layout.pools:
            for (one, first), (other, second) in combinations(boxes(pool).items(), 2):
                assert not overlap(first, second), (one, other)


def test_lines_they_are_level_or_upright_and_pass_through_no_node_or_words() -> None:
    for drawn in all_kinds():
        for pool in drawn.layout.pools:
            taken = boxes(pool)
            for edge in pool.edges:
                own = {f"words {edge.edge.id}"}
                for start, stop in pairwise(edge.points):
                    assert start[0] == pytest.approx(stop[0]) or start[1] == pytest.approx(stop[1])
                    line = Box(
                        x=min(start[0], stop[0]) - 0.2,
                        y=min(start[1], stop[1]) + 0.2,
                        width=abs(start[0] - stop[0]) + 0.4,
                        height=max(0.0, abs(start[1] - stop[1]) - 0.4),
                    )
                    ends = {pool.pool.host(edge.edge.source), edge.edge.target}
                    hit = [n for n, box in taken.items() if overlap(line, box) and n not in own]
                    assert set(hit) <= ends, (edge.edge.id, hit)


def test_lines_they_begin_at_their_source_and_end_at_their_target() -> None:
    for drawn in all_kinds():
        for pool in drawn.layout.pools:
            for edge in pool.edges:
                timer = pool.timers.get(edge.edge.source)
                source = timer.shape if timer else pool.nodes[edge.edge.source].shape
                target = pool.nodes[edge.edge.target].shape
                (x, y), (last_x, last_y) = edge.points[0], edge.points[-1]

                assert (x, y) == pytest.approx((source.center[0], source.y + source.height))
                assert (last_x, last_y) == pytest.approx((target.center[0], target.y))


def test_lanes_they_hold_their_nodes_between_their_walls() -> None:
    for drawn in all_kinds():
        for pool in drawn.layout.pools:
            names = list(dict.fromkeys(node.node.lane for node in pool.nodes.values()))
            for name, lane in zip(names, pool.lanes, strict=True):
                for placed in pool.nodes.values():
                    if placed.node.lane == name:
                        assert lane.box.x <= placed.shape.x
                        assert placed.shape.x + placed.shape.width <= lane.box.x + lane.box.width


def test_tracks_they_stand_apart_on_the_sheet() -> None:
    for drawn in all_kinds():
        layout = drawn.layout
        for one, other in combinations(layout.pools, 2):
            assert not overlap(one.box, other.box)
        for pool in layout.pools:
            assert pool.box.x + pool.box.width <= layout.width
            assert pool.box.y + pool.box.height <= layout.height


def test_flow_it_goes_down_except_to_where_the_case_has_been() -> None:
    for drawn in all_kinds():
        for pool in drawn.layout.pools:
            for edge in pool.edges:
                if edge.edge.kind is EdgeKind.FLOW:
                    goes_up = edge.points[-1][1] < edge.points[0][1]
                    assert goes_up is edge.back


def test_layout_it_is_the_same_each_time() -> None:
    for drawn in sound():
        assert layout_of(flow_of(drawn.procedure, SPANISH)) == drawn.layout
