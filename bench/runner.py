"""Lets contestants take turns at the same operations, and keeps the medians."""

import json
import os
import statistics
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "bench"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one contestant needs for one operation: medians over the rounds, and their spread."""

    suite: str
    operation: str
    contestant: str
    per_second: float
    cpu_ms: float
    slowest: float
    fastest: float
    rounds: int
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Ours against another contestant, and what we hold ourselves to. More is better."""

    suite: str
    operation: str
    against: str
    rate: float
    cpu: float
    target: float

    @property
    def is_met(self) -> bool:
        return self.rate >= self.target and self.cpu >= self.target


class ContestantFailed(Exception):
    """A contestant's process ended or answered something unreadable."""


class Contestant:
    """A process that runs operations when told to, and how much the server behind it works."""

    def __init__(
        self, name: str, process: subprocess.Popen[str], server_cpu: Callable[[], float]
    ) -> None:
        self.name = name
        self._process = process
        self._server_cpu = server_cpu
        self._read()

    def run(self, operation: str, times: int) -> tuple[float, float]:
        """Operations a second, and milliseconds of processor an operation, client and server."""
        before = self._server_cpu()
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"operation": operation, "times": times}) + "\n")
        self._process.stdin.flush()
        answer = self._read()
        cpu = answer["cpu"] + self._server_cpu() - before
        return times / answer["seconds"], cpu / times * 1000

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise ContestantFailed(f"{self.name} ended with {self._process.wait()}")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def contestant(
    name: str,
    command: Sequence[str],
    *,
    environment: Mapping[str, str],
    server_cpu: Callable[[], float],
) -> Iterator[Contestant]:
    """Start a contestant's process and end it afterwards."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Contestant(name, process, server_cpu)
    finally:
        process.kill()
        process.communicate()


def take_turns(
    suite: str,
    contestants: Sequence[Contestant],
    operations: Sequence[str],
    *,
    rounds: int,
    times: int,
    often: Mapping[str, int] = MappingProxyType({}),
) -> list[Figure]:
    """Every contestant runs every operation in every round; the first round only warms up.

    ``often`` says how many times more operations a contestant runs than ``times``, so that a fast
    one is timed as long as a slow one.
    """
    measured: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for number in range(rounds + 1):
        for player in contestants:
            for operation in operations:
                result = player.run(operation, times * often.get(player.name, 1))
                if number > 0:
                    measured.setdefault((operation, player.name), []).append(result)
    return [
        Figure(
            suite=suite,
            operation=operation,
            contestant=name,
            per_second=statistics.median(rate for rate, _ in results),
            cpu_ms=statistics.median(cpu for _, cpu in results),
            slowest=min(rate for rate, _ in results),
            fastest=max(rate for rate, _ in results),
            rounds=rounds,
            times=times * often.get(name, 1),
        )
        for (operation, name), results in measured.items()
    ]


def ratios(figures: Sequence[Figure], ours: str, targets: Mapping[str, float]) -> list[Ratio]:
    """Ours against each contestant that a target names, for every operation both ran."""
    by_key = {(figure.operation, figure.contestant): figure for figure in figures}
    found = []
    for (operation, name), other in by_key.items():
        own = by_key.get((operation, ours))
        if own is None or name not in targets:
            continue
        found.append(
            Ratio(
                suite=own.suite,
                operation=operation,
                against=name,
                rate=own.per_second / other.per_second,
                cpu=other.cpu_ms / own.cpu_ms,
                target=targets[name],
            )
        )
    return found
