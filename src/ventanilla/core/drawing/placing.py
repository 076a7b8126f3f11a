"""How far to the right each item stands: straight lines first, then short ones."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ventanilla.core.drawing.rows import Item, Part, Rows, border

GAP = 22.0
LINE_GAP = 14.0
MOVES = 6_000
ROOM = 1.2
SPARE = 200.0
"""How much wider than necessary the sheet may be for the sake of straight lines."""
WALL = 3.0
"""How strongly the walls of a lane pull together, compared to the ends of a line."""
_TOUCH = 1e-6


def placed(rows: Rows, order: Sequence[Sequence[str]]) -> dict[str, float]:
    """The axis of every item; neighbours keep their distance, aligned items share an axis."""
    blocks = _Blocks(rows, order)
    blocks.align()
    return _Placing(rows, order, blocks).settle()


def distance(left: Item, right: Item) -> float:
    """How far apart the axes of neighbours are at least."""
    thin = {left.part, right.part} <= {Part.BEND, Part.WORDS}
    return left.right + right.left + (LINE_GAP if thin else GAP)


class _Blocks:
    """Items on one axis. A wish is granted unless a row would turn or the sheet grow wide."""

    def __init__(self, rows: Rows, order: Sequence[Sequence[str]]) -> None:
        self._rows = rows
        self.of = {name: name for name in rows.items}
        self.members = {name: [name] for name in rows.items}
        self._apart = [
            (one, other, distance(rows.items[one], rows.items[other]))
            for row in order
            for one, other in pairwise(row)
        ]

    def align(self) -> None:
        """Join what should stand on one axis, the most wanted first."""
        wishes = sorted(self._wishes(), key=lambda wish: wish[0])
        for urgency, (one, other) in wishes:
            if urgency == 0:
                self._join(one, other)
        narrow = self._width() or 0.0
        most = max(narrow * ROOM, narrow + SPARE)
        for urgency, (one, other) in wishes:
            if urgency > 0 and self.of[one] != self.of[other]:
                before = dict(self.of)
                self._join(one, other)
                wide = self._width()
                if wide is None or wide > most:
                    self._part(before)

    def _width(self) -> float | None:
        """How wide the sheet is at least; None when some row would have to turn around."""
        after: dict[str, dict[str, float]] = {block: {} for block in self.members}
        waiting = dict.fromkeys(self.members, 0)
        for one, other, apart in self._apart:
            first, second = self.of[one], self.of[other]
            if second not in after[first]:
                waiting[second] += 1
            after[first][second] = max(apart, after[first].get(second, 0.0))
        at = dict.fromkeys(self.members, 0.0)
        ready = [block for block, count in waiting.items() if count == 0]
        done = 0
        while ready:
            block = ready.pop()
            done += 1
            for other, apart in after[block].items():
                at[other] = max(at[other], at[block] + apart)
                waiting[other] -= 1
                if waiting[other] == 0:
                    ready.append(other)
        return max(at.values()) if done == len(at) else None

    def _join(self, one: str, other: str) -> None:
        first, second = self.of[one], self.of[other]
        if first == second:
            return
        for name in self.members.pop(second):
            self.of[name] = first
            self.members[first].append(name)

    def _part(self, before: dict[str, str]) -> None:
        self.of = before
        self.members = {}
        for name, block in before.items():
            self.members.setdefault(block, []).append(name)

    def _wishes(self) -> Iterator[tuple[int, tuple[str, str]]]:
        """Pairs with their urgency: borders, long lines, only children, the first way out."""
        items = self._rows.items
        borders = [name for name, item in items.items() if item.part is Part.BORDER]
        for name in borders:
            below = border(items[name].lane, items[name].rank + 1)
            if below in items:
                yield 0, (name, below)
        arriving: dict[str, int] = {}
        leaving: dict[str, int] = {}
        straight = []
        for hops in self._rows.hops.values():
            for hop in hops:
                leaving[hop.start.item] = leaving.get(hop.start.item, 0) + 1
                arriving[hop.stop.item] = arriving.get(hop.stop.item, 0) + 1
                if not hop.turns and not hop.start.offset:
                    straight.append((hop.start.item, hop.stop.item))
        taken: set[str] = set()
        for one, other in straight:
            parts = {items[one].part, items[other].part}
            if parts == {Part.BEND}:
                yield 1, (one, other)
            elif leaving[one] == 1 and arriving[other] == 1:
                yield 2, (one, other)
            elif items[one].part is Part.WORDS or items[other].part is Part.BEND:
                yield 3, (one, other)
            elif one not in taken:
                yield 4, (one, other)
            taken.add(one)


class _Placing:
    """Blocks moved one step after another, each with all it must push, while lines get shorter."""

    def __init__(self, rows: Rows, order: Sequence[Sequence[str]], blocks: _Blocks) -> None:
        self._blocks = blocks
        names = list(blocks.members)
        self._index = {name: index for index, name in enumerate(names)}
        self._right: list[dict[int, float]] = [{} for _ in names]
        self._left: list[dict[int, float]] = [{} for _ in names]
        for row in order:
            for one, other in pairwise(row):
                apart = distance(rows.items[one], rows.items[other])
                self._keep_apart(self._block(one), self._block(other), apart)
        self._keep_walls(rows)
        self._pulls: list[list[tuple[int, float, float]]] = [[] for _ in names]
        for hops in rows.hops.values():
            for hop in hops:
                weight = 0.4 if hop.turns else 1.0
                bend = {rows.items[hop.start.item].part, rows.items[hop.stop.item].part}
                weight *= 2.0 if bend == {Part.BEND} else 1.0
                first, last = self._block(hop.start.item), self._block(hop.stop.item)
                if first != last:
                    apart = hop.stop.offset - hop.start.offset
                    self._pulls[first].append((last, apart, weight))
                    self._pulls[last].append((first, -apart, weight))
        self._draw_walls_together(rows)
        self._at = self._leftmost()

    def settle(self) -> dict[str, float]:
        moves = 0
        moved = True
        while moved and moves < MOVES:
            moved = False
            for block in range(len(self._at)):
                for sign in (1.0, -1.0):
                    while moves < MOVES and self._step(block, sign):
                        moved = True
                        moves += 1
        low = min(self._at)
        return {name: self._at[self._block(name)] - low for name in self._blocks.of}

    def _block(self, name: str) -> int:
        return self._index[self._blocks.of[name]]

    def _keep_apart(self, one: int, other: int, apart: float) -> None:
        self._right[one][other] = max(apart, self._right[one].get(other, 0.0))
        self._left[other][one] = self._right[one][other]

    def _keep_walls(self, rows: Rows) -> None:
        walls = self._walls(rows)
        for one, other, wide in zip(walls, walls[1:], rows.lane_widths, strict=False):
            self._keep_apart(one, other, wide)
        self._keep_apart(walls[0], walls[-1], rows.width)

    def _draw_walls_together(self, rows: Rows) -> None:
        walls = self._walls(rows)
        for one, other in pairwise(walls):
            self._pulls[one].append((other, 0.0, WALL))
            self._pulls[other].append((one, 0.0, WALL))

    def _walls(self, rows: Rows) -> list[int]:
        return [self._block(border(lane, 0)) for lane in range(-1, len(rows.lane_widths))]

    def _leftmost(self) -> list[float]:
        waiting = [len(before) for before in self._left]
        ready = [block for block, count in enumerate(waiting) if count == 0]
        at = [0.0] * len(waiting)
        while ready:
            block = ready.pop()
            for other, apart in self._right[block].items():
                at[other] = max(at[other], at[block] + apart)
                waiting[other] -= 1
                if waiting[other] == 0:
                    ready.append(other)
        return at

    def _step(self, block: int, sign: float) -> bool:
        """Move a block and what it touches on that side, if that makes lines shorter in sum."""
        group, room = self._pushed(block, sign)
        gain = 0.0
        for one in group:
            for other, apart, weight in self._pulls[one]:
                if other in group:
                    continue
                ahead = (self._at[other] - apart - self._at[one]) * sign
                if ahead > _TOUCH:
                    gain += weight
                    room = min(room, ahead)
                else:
                    gain -= weight
        if gain <= _TOUCH or room <= _TOUCH or room == float("inf"):
            return False
        for one in group:
            self._at[one] += sign * room
        return True

    def _pushed(self, block: int, sign: float) -> tuple[set[int], float]:
        """The block with all that touch it on one side, and how far all of them may go."""
        beside = self._right if sign > 0 else self._left
        group, waiting, near = {block}, [block], []
        while waiting:
            one = waiting.pop()
            for other, apart in beside[one].items():
                slack = (self._at[other] - self._at[one]) * sign - apart
                if slack > _TOUCH:
                    near.append((other, slack))
                elif other not in group:
                    group.add(other)
                    waiting.append(other)
        room = min((slack for other, slack in near if other not in group), default=float("inf"))
        return group, room
