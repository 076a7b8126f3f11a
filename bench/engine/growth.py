"""What must not grow with a case: what a step costs, and how long the state is."""

import gc
import json
import statistics
import sys
import time
from datetime import timedelta

from bench.engine.ours import START, accepted, as_it_is, commands, opening, procedure, stored, walk
from ventanilla.core.definition.model import Procedure
from ventanilla.core.engine.commands import Complete
from ventanilla.core.engine.state import NEW

LONG = 1_000
"""Steps of the long case."""
EARLY = 10
ROUNDS = 15
WINDOW = 12
"""Steps timed together: four rounds, so that the two ends hold the same steps."""


def growth(vueltas: Procedure) -> float:
    """What the last steps of a case of a thousand cost, in steps around its tenth.

    The median of several cases. Nothing is collected meanwhile: that comes when it comes.
    """
    found = []
    for _ in range(ROUNDS):
        spent = _spent(vueltas)
        found.append(sum(spent[-WINDOW:]) / sum(spent[EARLY - 4 : EARLY - 4 + WINDOW]))
    return statistics.median(found)


def _spent(vueltas: Procedure) -> list[float]:
    """Seconds for each command of a case that goes round; three steps in two commands."""
    now, spent = START, list[float]()
    state = accepted(vueltas, NEW, opening(), now).state
    gc.disable()
    for number in range(LONG * 2 // 3):
        step, values = (("pedir", {"nota": str(number)}), ("revisar", {"terminado": False}))[
            number % 2
        ]
        now += timedelta(hours=3)
        command = Complete(task=f"{step}#{number // 2 + 1}", happened_at=now, values=values)
        started = time.perf_counter()
        decision = accepted(vueltas, state, command, now)
        spent.append(time.perf_counter() - started)
        state = decision.state
    gc.enable()
    assert sum(state.visits.values()) >= LONG
    return spent


def main() -> None:
    """Print both for the suite."""
    sale, vueltas = procedure(), procedure("BENCH-VUELTAS")
    length = len(stored(sale, walk(sale, commands()[:-1], as_it_is)).encode())
    json.dump({"bytes": length, "growth": growth(vueltas)}, sys.stdout)


if __name__ == "__main__":
    main()
