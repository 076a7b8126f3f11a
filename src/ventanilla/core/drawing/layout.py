"""A place for everything: nodes, words, lanes and lines of all tracks, on one sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ventanilla.core.drawing.graph import Edge, EdgeKind, Flow, Lane, Node, NodeKind, Pool, Timer
from ventanilla.core.drawing.ordering import ordered
from ventanilla.core.drawing.placing import placed
from ventanilla.core.drawing.ranks import ranks_of
from ventanilla.core.drawing.routing import gaps_of, place_of
from ventanilla.core.drawing.rows import Hop, border, rows_of
from ventanilla.core.drawing.sizes import Size

MARGIN = 20.0
POOL_HEAD = 36.0
LANE_HEAD = 30.0
BETWEEN = 26.0
CLOCK = 20.0
ASIDE = 6.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def center(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, right: float, down: float) -> "Box":
        return replace(self, x=self.x + right, y=self.y + down)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedNode:
    node: Node
    shape: Box
    size: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTimer:
    timer: Timer
    shape: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedEdge:
    """``words`` is where the label stands, upon the line."""

    edge: Edge
    points: tuple[Point, ...]
    back: bool = False
    words: Box | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLane:
    lane: Lane
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPool:
    pool: Pool
    box: Box
    lanes: tuple[PlacedLane, ...]
    nodes: Mapping[str, PlacedNode]
    timers: Mapping[str, PlacedTimer]
    edges: tuple[PlacedEdge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    flow: Flow
    width: float
    height: float
    pools: tuple[PlacedPool, ...]


def layout_of(flow: Flow) -> Layout:
    """The main track on top, the others in rows below it."""
    pools = [_Plan(pool).pool() for pool in flow.pools]
    widest = max(pools[0].box.width, 720.0)
    shelves: list[list[PlacedPool]] = [[pools[0]]]
    shelves += [[]] if len(pools) > 1 else []
    for pool in pools[1:]:
        room = widest - sum(one.box.width + BETWEEN for one in shelves[-1])
        if shelves[-1] and pool.box.width > room:
            shelves.append([])
        shelves[-1].append(pool)
    put: list[PlacedPool] = []
    y = MARGIN
    for shelf in shelves:
        x = MARGIN
        for pool in shelf:
            put.append(_moved(pool, x, y))
            x += pool.box.width + BETWEEN
        y += max(pool.box.height for pool in shelf) + BETWEEN
    right = max(pool.box.x + pool.box.width for pool in put)
    return Layout(flow=flow, width=right + MARGIN, height=y - BETWEEN + MARGIN, pools=tuple(put))


class _Plan:
    """One pool on a sheet of its own."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._ranks = ranks_of(pool)
        rows = rows_of(pool, self._ranks)
        order = ordered(rows)
        self._rows = replace(rows, order=order)
        at = placed(self._rows, order)
        self._gaps = gaps_of(self._rows, at)
        self._at = at
        self._walls = tuple(at[border(lane, 0)] for lane in range(-1, len(pool.lanes)))
        self._tops = self._row_tops()

    def pool(self) -> PlacedPool:
        nodes = {node.id: self._node(node) for node in self._pool.nodes.values()}
        timers = {
            timer.id: self._timer(timer, nodes[timer.host]) for timer in self._pool.timers.values()
        }
        high = self._tops[len(self._rows.order)] + self._gaps[len(self._rows.order) - 1].height
        return PlacedPool(
            pool=self._pool,
            box=Box(x=0, y=0, width=self._walls[-1], height=high),
            lanes=tuple(
                PlacedLane(
                    lane=lane,
                    box=Box(x=left, y=POOL_HEAD, width=right - left, height=high - POOL_HEAD),
                )
                for lane, left, right in zip(
                    self._pool.lanes, self._walls, self._walls[1:], strict=False
                )
            ),
            nodes=nodes,
            timers=timers,
            edges=tuple(
                self._edge(edge) if edge.kind is EdgeKind.FLOW else self._entry(edge)
                for edge in self._pool.edges
            ),
        )

    def _row_tops(self) -> list[float]:
        tops = []
        y = POOL_HEAD + LANE_HEAD + self._gaps[-1].height
        for rank, row in enumerate(self._rows.order):
            tops.append(y)
            y += self._row_height(row)
            if rank < len(self._rows.order) - 1:
                y += self._gaps[rank].height
        return [*tops, y]

    def _row_height(self, row: Sequence[str]) -> float:
        return max((self._rows.items[name].height for name in row), default=0.0)

    # --- nodes -----------------------------------------------------------------------------------

    def _middle(self, rank: int) -> float:
        return self._tops[rank] + self._row_height(self._rows.order[rank]) / 2

    def _node(self, node: Node) -> PlacedNode:
        item, size = self._rows.items[node.id], self._rows.sizes[node.id]
        wide, high = size.shape
        top = self._middle(item.rank) - size.height / 2
        if node.kind is not NodeKind.END:
            top = self._middle(item.rank) - high / 2
        shape = Box(x=self._at[node.id] - wide / 2, y=top, width=wide, height=high)
        return PlacedNode(node=node, shape=shape, size=size)

    def _timer(self, timer: Timer, host: PlacedNode) -> PlacedTimer:
        offset = next(
            self._rows.hops[edge.id][0].start.offset
            for edge in self._pool.edges
            if edge.source == timer.id
        )
        x = host.shape.center[0] + offset - CLOCK / 2
        y = host.shape.y + host.shape.height - CLOCK / 2
        return PlacedTimer(timer=timer, shape=Box(x=x, y=y, width=CLOCK, height=CLOCK))

    # --- lines -----------------------------------------------------------------------------------

    def _edge(self, edge: Edge) -> PlacedEdge:
        hops = self._rows.hops[edge.id]
        points: list[Point] = [self._outset(edge, hops[0])]
        for hop in hops:
            start, stop = place_of(hop.start, self._at), place_of(hop.stop, self._at)
            track = self._gaps[hop.gap].tracks.get(hop.net)
            if track is not None:
                y = self._gap_top(hop.gap) + track
                points += [(start, y), (stop, y)]
        target = self._node(self._pool.nodes[edge.target])
        points.append((target.shape.center[0], target.shape.y))
        words = f"words {edge.id}"
        size = self._rows.sizes.get(words)
        return PlacedEdge(
            edge=edge,
            points=_plain(points),
            back=edge.id in self._ranks.back,
            words=self._words(words, size) if size is not None else None,
            lines=size.lines if size is not None else (),
        )

    def _entry(self, edge: Edge) -> PlacedEdge:
        """From the gate to a jump along the left wall, level in the gaps only."""
        gate, jump = (self._node(self._pool.nodes[name]) for name in (edge.source, edge.target))
        below = self._gap_top(self._ranks.of[edge.source]) + ASIDE
        above = self._gap_top(self._ranks.of[edge.target] - 1) + ASIDE
        left = self._walls[0] + ASIDE
        start, stop = gate.shape.center[0], jump.shape.center[0]
        points = [
            (start, gate.shape.y + gate.shape.height),
            (start, below),
            (left, below),
            (left, above),
            (stop, above),
            (stop, jump.shape.y),
        ]
        return PlacedEdge(edge=edge, points=_plain(points))

    def _words(self, name: str, size: Size) -> Box:
        wide, high = size.shape
        y = self._middle(self._rows.items[name].rank) - high / 2
        return Box(x=self._at[name] - wide / 2, y=y, width=wide, height=high)

    def _outset(self, edge: Edge, hop: Hop) -> Point:
        host = self._node(self._pool.nodes[hop.start.item])
        below = CLOCK / 2 if edge.source in self._pool.timers else 0.0
        return place_of(hop.start, self._at), host.shape.y + host.shape.height + below

    def _gap_top(self, gap: int) -> float:
        if gap < 0:
            return self._tops[0] - self._gaps[-1].height
        return self._tops[gap] + self._row_height(self._rows.order[gap])


def _plain(points: Sequence[Point]) -> tuple[Point, ...]:
    """The corners only."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(kept[-1][0] - point[0]) < 0.01 and abs(kept[-1][1] - point[1]) < 0.01:
            continue
        while len(kept) > 1 and (
            abs(kept[-2][0] - kept[-1][0]) < 0.01 > abs(kept[-1][0] - point[0])
            or abs(kept[-2][1] - kept[-1][1]) < 0.01 > abs(kept[-1][1] - point[1])
        ):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _moved(pool: PlacedPool, right: float, down: float) -> PlacedPool:
    return replace(
        pool,
        box=pool.box.moved(right, down),
        lanes=tuple(replace(lane, box=lane.box.moved(right, down)) for lane in pool.lanes),
        nodes={
            name: replace(one, shape=one.shape.moved(right, down))
            for name, one in pool.nodes.items()
        },
        timers={
            name: replace(one, shape=one.shape.moved(right, down))
            for name, one in pool.timers.items()
        },
        edges=tuple(
            replace(
                edge,
                points=tuple((x + right, y + down) for x, y in edge.points),
                words=edge.words.moved(right, down) if edge.words is not None else None,
            )
            for edge in pool.edges
        ),
    )
