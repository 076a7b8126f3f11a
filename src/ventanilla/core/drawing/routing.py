"""Where lines run: upright past the rows, level on tracks in the gaps between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ventanilla.core.drawing.rows import End, Hop, Rows

TRACK = 11.0
AIR = 13.0
NEAR = 8.0
_STRAIGHT = 0.5
_OVERLAP = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """The level pieces that share a track: from where to where, and the uprights at its ends."""

    name: str
    low: float
    high: float
    above: tuple[float, ...]
    below: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How high a gap is, and how far below its upper edge each net runs."""

    height: float
    tracks: Mapping[str, float]


def gaps_of(rows: Rows, at: Mapping[str, float]) -> dict[int, Gap]:
    """The gap above the first row (-1), between the rows, and below the last."""
    found: dict[int, list[Hop]] = {gap: [] for gap in range(-1, len(rows.order))}
    for hops in rows.hops.values():
        for hop in hops:
            found[hop.gap].append(hop)
    return {gap: _gap(_nets(hops, at)) for gap, hops in found.items()}


def place_of(end: End, at: Mapping[str, float]) -> float:
    """How far to the right a hop's end is."""
    return at[end.item] + end.offset


def _nets(hops: Sequence[Hop], at: Mapping[str, float]) -> list[Net]:
    by_name: dict[str, list[Hop]] = {}
    for hop in hops:
        start, stop = place_of(hop.start, at), place_of(hop.stop, at)
        if abs(start - stop) > _STRAIGHT or hop.turns:
            by_name.setdefault(hop.net, []).append(hop)
    return [_net(name, pieces, at) for name, pieces in by_name.items()]


def _net(name: str, hops: Sequence[Hop], at: Mapping[str, float]) -> Net:
    ends = [end for hop in hops for end in (hop.start, hop.stop)]
    places = [place_of(end, at) for end in ends]
    return Net(
        name=name,
        low=min(places),
        high=max(places),
        above=tuple({place_of(end, at) for end in ends if end.above}),
        below=tuple({place_of(end, at) for end in ends if not end.above}),
    )


def _gap(nets: list[Net]) -> Gap:
    order = _sorted(nets)
    tracks: dict[str, int] = {}
    done: list[Net] = []
    for net in order:
        beside = [tracks[other.name] for other in done if _touch(net, other)]
        tracks[net.name] = max(beside, default=-1) + 1
        done.append(net)
    count = max(tracks.values(), default=-1) + 1
    return Gap(
        height=2 * AIR + max(0, count - 1) * TRACK,
        tracks={name: AIR + track * TRACK for name, track in tracks.items()},
    )


def _touch(one: Net, other: Net) -> bool:
    return one.low - NEAR < other.high and other.low - NEAR < one.high


def _sorted(nets: list[Net]) -> list[Net]:
    """From top to bottom: each net put where it crosses the fewest."""
    order: list[Net] = []
    for net in sorted(nets, key=lambda net: (net.high - net.low, net.low, net.name)):
        costs = [
            sum(_cost(other, net) for other in order[:at])
            + sum(_cost(net, other) for other in order[at:])
            for at in range(len(order) + 1)
        ]
        order.insert(costs.index(min(costs)), net)
    return order


def _cost(upper: Net, lower: Net) -> int:
    """What it costs to run one above the other: crossings, and uprights that would lie together."""
    cost = sum(lower.low < place < lower.high for place in upper.below)
    cost += sum(upper.low < place < upper.high for place in lower.above)
    shared = [
        (one, other) for one in upper.below for other in lower.above if abs(one - other) < NEAR / 2
    ]
    return cost + _OVERLAP * len(shared)
