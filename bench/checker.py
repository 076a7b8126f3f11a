"""How long the checker needs: for all packs, and for one file while somebody edits it."""

import statistics
import time
from collections.abc import Callable, Iterator

from bench.runner import ROOT, Figure, Ratio
from ventanilla.packs.check_command import check_files
from ventanilla.packs.reader import PackFiles, read_pack
from ventanilla.packs.workbench import Workbench

SUITE = "checker"
ALL_PACKS = 2.0
ONE_FILE = 0.2
"""Seconds that we hold ourselves to."""


def run(*, rounds: int, times: int) -> tuple[list[Figure], list[Ratio]]:
    """Measure both; ``times`` does not matter here, each round checks everything once."""
    packs = [read_pack(file.parent) for file in sorted((ROOT / "packs").glob("*/pack.yaml"))]
    every = [_timed(lambda: [check_files(pack) for pack in packs]) for _ in range(rounds)]
    edits = [max(_edits(packs)) for _ in range(min(rounds, 3))]
    figures = [_figure("all packs", every), _figure("one edit", edits)]
    limits = (("all packs", ALL_PACKS, every), ("one edit", ONE_FILE, edits))
    return figures, [_limit(operation, seconds, taken) for operation, seconds, taken in limits]


def _edits(packs: list[PackFiles]) -> Iterator[tuple[float, float]]:
    """Every file of every pack, each edited once."""
    for pack in packs:
        bench = Workbench(pack)
        for path, text in pack.files.items():
            if not path.startswith("data/"):
                yield _timed(lambda: bench.check(path, f"{text}\n"))  # noqa: B023


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor, and of the clock."""
    cpu, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - clock


def _figure(operation: str, taken: list[tuple[float, float]]) -> Figure:
    clocks = sorted(clock for _, clock in taken)
    return Figure(
        suite=SUITE,
        operation=operation,
        contestant="ventanilla",
        per_second=1 / statistics.median(clocks),
        cpu_ms=1000 * statistics.median(cpu for cpu, _ in taken),
        slowest=1 / clocks[-1],
        fastest=1 / clocks[0],
        rounds=len(taken),
        times=1,
    )


def _limit(operation: str, seconds: float, taken: list[tuple[float, float]]) -> Ratio:
    return Ratio(
        suite=SUITE,
        operation=operation,
        against=f"{seconds:g} s",
        rate=seconds / statistics.median(clock for _, clock in taken),
        cpu=seconds / statistics.median(cpu for cpu, _ in taken),
        target=1.0,
    )
