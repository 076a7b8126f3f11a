"""The rows filled: nodes, the words on edges, and a place in each row that a long edge passes."""

from dataclasses import dataclass
from enum import StrEnum

from ventanilla.core.drawing.graph import Edge, EdgeKind, Node, Pool, TimerKind
from ventanilla.core.drawing.ranks import Ranks
from ventanilla.core.drawing.sizes import POOL_TITLE, TITLE, Size, chip, size_of
from ventanilla.core.drawing.text import width

CLOCK = 26.0
"""How far the clocks of a wait stand from the ends of its lower border."""


class Part(StrEnum):
    NODE = "node"
    WORDS = "words"
    BEND = "bend"
    BORDER = "border"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What takes room in a row."""

    id: str
    part: Part
    rank: int
    lane: int
    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Where a hop begins or ends: an item, how far from its axis, and on which side of the gap."""

    item: str
    offset: float = 0.0
    above: bool = True
    """Whether the item stands above the gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """A piece of an edge that lies in the gap below row ``gap``."""

    edge: str
    gap: int
    start: End
    stop: End
    net: str
    """Hops of one net may run over each other: they leave together or arrive together."""

    @property
    def turns(self) -> bool:
        """Whether it comes back to the row it came from."""
        return self.start.above is self.stop.above


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The items of each row from left to right, and the hops of each edge from end to end."""

    items: dict[str, Item]
    order: list[list[str]]
    hops: dict[str, list[Hop]]
    sizes: dict[str, Size]
    lane_widths: tuple[float, ...]
    """How wide each lane is at least, so that its title fits."""
    width: float
    """How wide all of it is at least."""


def border(lane: int, rank: int) -> str:
    """The name of the wall on the right of a lane; that on the left of all is the wall of -1."""
    return f"border {lane} {rank}"


def rows_of(pool: Pool, ranks: Ranks) -> Rows:
    """Items and hops of one pool, in the author's order."""
    filling = _Filling(pool, ranks)
    for node in pool.nodes.values():
        filling.add_node(node)
    for edge in pool.edges:
        if edge.kind is EdgeKind.FLOW:
            filling.add_edge(edge)
    return filling.rows()


class _Filling:
    def __init__(self, pool: Pool, ranks: Ranks) -> None:
        self._pool = pool
        self._ranks = ranks
        self._items: dict[str, Item] = {}
        self._hops: dict[str, list[Hop]] = {}
        self._sizes: dict[str, Size] = {}
        lanes = dict.fromkeys(node.lane for node in pool.nodes.values())
        self._lanes = {name: index for index, name in enumerate(lanes)}

    def rows(self) -> Rows:
        last = max(item.rank for item in self._items.values())
        for rank in range(last + 1):
            for lane in range(-1, len(self._lanes)):
                self._put(border(lane, rank), Part.BORDER, rank, lane, (0, 0, 0))
        order: list[list[str]] = [[] for _ in range(last + 1)]
        for item in self._items.values():
            order[item.rank].append(item.id)
        for row in order:
            row.sort(key=lambda name: lane_key(self._items[name]))
        return Rows(
            items=self._items,
            order=order,
            hops=self._hops,
            sizes=self._sizes,
            lane_widths=tuple(width(lane.title, TITLE) + 24 for lane in self._pool.lanes),
            width=width(self._pool.title, POOL_TITLE) + 32,
        )

    def add_node(self, node: Node) -> None:
        size = size_of(node)
        self._sizes[node.id] = size
        room = (size.left, size.right, size.height)
        self._put(node.id, Part.NODE, self._ranks.of[node.id], self._lanes[node.lane], room)

    def add_edge(self, edge: Edge) -> None:
        """Lay an edge row by row, first to its words, then on to its target."""
        host = self._pool.host(edge.source)
        ranks = self._ranks.of
        here = End(item=host, offset=self._offset(edge.source))
        rank = ranks[host]
        hops: list[Hop] = []
        if edge.label:
            here = self._words(edge, here, hops)
            rank += 1
        if edge.id in self._ranks.back:
            self._climb(edge, here, rank, hops)
        else:
            self._descend(edge, here, rank, hops)
        self._hops[edge.id] = hops

    def _words(self, edge: Edge, here: End, hops: list[Hop]) -> End:
        size = chip(edge.label)
        words = f"words {edge.id}"
        self._sizes[words] = size
        host = self._pool.host(edge.source)
        rank = self._ranks.of[host] + 1
        room = (size.left, size.right, size.height)
        self._put(words, Part.WORDS, rank, self._lanes[self._pool.nodes[host].lane], room)
        self._hop(edge, hops, rank - 1, here, End(item=words, above=False))
        return End(item=words)

    def _descend(self, edge: Edge, here: End, rank: int, hops: list[Hop]) -> None:
        """Down row by row; lines to one target come together as soon as they can."""
        for row in range(rank + 1, self._ranks.of[edge.target]):
            bend = self._bend(f"down {edge.target}", row, edge)
            self._hop(edge, hops, row - 1, here, End(item=bend, above=False))
            here = End(item=bend)
        stop = End(item=edge.target, above=False)
        self._hop(edge, hops, self._ranks.of[edge.target] - 1, here, stop)

    def _climb(self, edge: Edge, here: End, rank: int, hops: list[Hop]) -> None:
        """Turn below the source, go up beside everything, and turn again above the target."""
        gap = rank
        for row in range(rank, self._ranks.of[edge.target] - 1, -1):
            bend = self._bend(f"up {edge.target}", row, edge)
            self._hop(edge, hops, gap, here, End(item=bend))
            here = End(item=bend, above=False)
            gap = row - 1
        self._hop(edge, hops, gap, here, End(item=edge.target, above=False))

    def _offset(self, source: str) -> float:
        timer = self._pool.timers.get(source)
        if timer is None:
            return 0.0
        half = self._sizes[timer.host].shape[0] / 2 - CLOCK
        return half if timer.kind is TimerKind.GIVE_UP else -half

    def _bend(self, way: str, rank: int, edge: Edge) -> str:
        name = f"{way} {rank}"
        lane = self._lanes[self._pool.nodes[edge.target].lane]
        self._put(name, Part.BEND, rank, lane, (0, 0, 0))
        return name

    def _put(
        self, name: str, part: Part, rank: int, lane: int, room: tuple[float, float, float]
    ) -> None:
        left, right, height = room
        self._items[name] = Item(
            id=name, part=part, rank=rank, lane=lane, left=left, right=right, height=height
        )

    def _hop(self, edge: Edge, hops: list[Hop], gap: int, start: End, stop: End) -> None:
        leaves = not hops and stop.item.startswith("words ")
        net = f"from {edge.source}" if leaves else f"to {edge.target}"
        hops.append(Hop(edge=edge.id, gap=gap, start=start, stop=stop, net=net))


def lane_key(item: Item) -> tuple[int, int]:
    """Lanes from left to right, each with its right border after it."""
    return item.lane, int(item.part is Part.BORDER)
