"""Who stands beside whom in each row, so that few lines cross."""

from collections.abc import Iterable, Mapping, Sequence

from ventanilla.core.drawing.rows import Hop, Rows, lane_key

SWEEPS = 24
ROUNDS = 12


def ordered(rows: Rows) -> list[list[str]]:
    """The rows in a good order: barycentre sweeps, then exchanges of neighbours while they help."""
    best = _Ordering(rows)
    fewest = best.crossings()
    trial = _Ordering(rows)
    for sweep in range(SWEEPS):
        trial.sweep(down=sweep % 2 == 0)
        found = trial.crossings()
        if found < fewest:
            best.take(trial)
            fewest = found
    best.exchange()
    return best.order


class _Ordering:
    def __init__(self, rows: Rows) -> None:
        self.order = [list(row) for row in rows.order]
        self._rows = rows
        self._places: dict[str, int] = {}
        self._gaps: dict[int, list[Hop]] = {}
        self._hops: dict[str, list[Hop]] = {name: [] for name in rows.items}
        for hop in _distinct(rows):
            self._gaps.setdefault(hop.gap, []).append(hop)
            self._hops[hop.start.item].append(hop)
            self._hops[hop.stop.item].append(hop)
        self._over, self._under = _neighbours(rows)
        for row in self.order:
            self._number(row)

    def take(self, other: "_Ordering") -> None:
        """Stand as the other does."""
        self.order = [list(row) for row in other.order]
        for row in self.order:
            self._number(row)

    def crossings(self) -> int:
        return sum(self._crossings_in(gap) for gap in self._gaps)

    def sweep(self, *, down: bool) -> None:
        """Put every item at the middle of its neighbours in the row just ordered."""
        ranks = range(len(self.order)) if down else range(len(self.order) - 1, -1, -1)
        beside = self._over if down else self._under
        for rank in ranks:
            row = self.order[rank]
            aims = {name: self._middle(name, beside[name]) for name in row}
            row.sort(key=lambda name: (*lane_key(self._rows.items[name]), aims[name]))
            self._number(row)

    def exchange(self) -> None:
        """Swap neighbours of one lane wherever that takes a crossing away."""
        for _ in range(ROUNDS):
            swapped = [self._exchange_in(rank) for rank in range(len(self.order))]
            if not any(swapped):
                return

    def _exchange_in(self, rank: int) -> bool:
        row, better = self.order[rank], False
        items = self._rows.items
        for at in range(len(row) - 1):
            if lane_key(items[row[at]]) != lane_key(items[row[at + 1]]):
                continue
            before = self._crossings_of(row[at], row[at + 1])
            self._swap(row, at)
            if self._crossings_of(row[at], row[at + 1]) < before:
                better = True
            else:
                self._swap(row, at)
        return better

    def _swap(self, row: list[str], at: int) -> None:
        row[at], row[at + 1] = row[at + 1], row[at]
        self._places[row[at]], self._places[row[at + 1]] = at, at + 1

    def _number(self, row: Iterable[str]) -> None:
        for place, name in enumerate(row):
            self._places[name] = place

    def _middle(self, name: str, beside: Sequence[str]) -> float:
        places = [self._relative(other) for other in beside]
        return sum(places) / len(places) if places else self._relative(name)

    def _relative(self, name: str) -> float:
        """The place in its row as a share, since rows are of different lengths."""
        return (self._places[name] + 0.5) / len(self.order[self._rows.items[name].rank])

    def _crossings_of(self, one: str, other: str) -> int:
        """The crossings that depend on which of two neighbours stands on the left."""
        return sum(
            self._cross(first, second)
            for first in self._hops[one]
            for second in self._hops[other]
            if first.gap == second.gap and first.net != second.net
        )

    def _crossings_in(self, gap: int) -> int:
        hops = self._gaps[gap]
        found = 0
        for index, one in enumerate(hops):
            for other in hops[index + 1 :]:
                if one.net != other.net:
                    found += self._cross(one, other)
        return found

    def _cross(self, one: Hop, other: Hop) -> int:
        if one.turns or other.turns:
            return self._cross_turn(one, other) + self._cross_turn(other, one)
        high, low = self._ends(one)
        others_high, others_low = self._ends(other)
        return int((high - others_high) * (low - others_low) < 0)

    def _cross_turn(self, turn: Hop, other: Hop) -> int:
        """How many ends of the other stand between the two of one that turns."""
        if not turn.turns:
            return 0
        low, high = sorted((self._places[turn.start.item], self._places[turn.stop.item]))
        ends = (other.start, other.stop)
        inside = [
            end
            for end in ends
            if end.above is turn.start.above and low < self._places[end.item] < high
        ]
        return len(inside) % 2 if other.turns else len(inside)

    def _ends(self, hop: Hop) -> tuple[int, int]:
        """The places of the upper and of the lower end."""
        start, stop = self._places[hop.start.item], self._places[hop.stop.item]
        return (start, stop) if hop.start.above else (stop, start)


def _distinct(rows: Rows) -> list[Hop]:
    """Every hop once, though several edges may share it."""
    found = {}
    for hops in rows.hops.values():
        for hop in hops:
            found[hop.gap, hop.net, hop.start, hop.stop] = hop
    return list(found.values())


def _neighbours(rows: Rows) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """Whom each item wants to stand below, and above; a turning line wants to stay near its end."""
    over: dict[str, list[str]] = {name: [] for name in rows.items}
    under: dict[str, list[str]] = {name: [] for name in rows.items}
    turning: list[Hop] = []
    for hops in rows.hops.values():
        for hop in hops:
            if hop.turns:
                turning.append(hop)
                continue
            high, low = (
                (hop.start.item, hop.stop.item)
                if hop.start.above
                else (hop.stop.item, hop.start.item)
            )
            over[low].append(high)
            under[high].append(low)
    for hop in turning:
        one, other = hop.start.item, hop.stop.item
        for first, second in ((one, other), (other, one)):
            if not over[first]:
                over[first] = list(over[second])
            if not under[first]:
                under[first] = list(under[second])
    return over, under
