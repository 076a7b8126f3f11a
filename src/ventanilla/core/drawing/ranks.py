"""From top to bottom: which edges go back, and in which row each node stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ventanilla.core.drawing.graph import Edge, EdgeKind, NodeKind, Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """The row of each node, and the edges that go up; all others go down."""

    of: Mapping[str, int]
    back: frozenset[str]


def ranks_of(pool: Pool) -> Ranks:
    """Rows by longest path, after the edges that close circles are set aside."""
    edges = [edge for edge in pool.edges if edge.kind is EdgeKind.FLOW]
    order, back = _search(pool, edges)
    down = [edge for edge in edges if edge.id not in back]
    ranks = _longest(pool, order, down)
    _pull_down(pool, order, down, ranks)
    return Ranks(of=ranks, back=back)


def length(edge: Edge) -> int:
    """How many rows an edge spans at least: its words need one of their own."""
    return 2 if edge.label else 1


def _search(pool: Pool, edges: Iterable[Edge]) -> tuple[list[str], frozenset[str]]:
    """Depth first in the author's order: the nodes, every one before those it leads down to."""
    leaving: dict[str, list[Edge]] = {name: [] for name in pool.nodes}
    for edge in edges:
        leaving[pool.host(edge.source)].append(edge)
    finished: list[str] = []
    back: set[str] = set()
    seen: set[str] = set()
    for root in pool.nodes:
        if root in seen:
            continue
        seen.add(root)
        open_now = {root}
        stack = [(root, iter(leaving[root]))]
        while stack:
            name, ways = stack[-1]
            way = next(ways, None)
            if way is None:
                stack.pop()
                open_now.discard(name)
                finished.append(name)
            elif way.target in open_now:
                back.add(way.id)
            elif way.target not in seen:
                seen.add(way.target)
                open_now.add(way.target)
                stack.append((way.target, iter(leaving[way.target])))
    return finished[::-1], frozenset(back)


def _longest(pool: Pool, order: Iterable[str], down: Iterable[Edge]) -> dict[str, int]:
    ranks = {name: int(node.kind is NodeKind.JUMP) for name, node in pool.nodes.items()}
    leaving: dict[str, list[Edge]] = {name: [] for name in ranks}
    for edge in down:
        leaving[pool.host(edge.source)].append(edge)
    for name in order:
        for edge in leaving[name]:
            ranks[edge.target] = max(ranks[edge.target], ranks[name] + length(edge))
    return ranks


def _pull_down(pool: Pool, order: list[str], down: Iterable[Edge], ranks: dict[str, int]) -> None:
    """Bring what only jumps lead to near to where it leads on."""
    arriving: dict[str, list[Edge]] = {name: [] for name in ranks}
    leaving: dict[str, list[Edge]] = {name: [] for name in ranks}
    for edge in down:
        arriving[edge.target].append(edge)
        leaving[pool.host(edge.source)].append(edge)
    free: set[str] = set()
    for name in order:
        kinds = [pool.host(edge.source) in free for edge in arriving[name]]
        if pool.nodes[name].kind is NodeKind.JUMP or (kinds and all(kinds)):
            free.add(name)
    for name in reversed(order):
        if name in free and leaving[name]:
            ranks[name] = min(ranks[edge.target] - length(edge) for edge in leaving[name])
