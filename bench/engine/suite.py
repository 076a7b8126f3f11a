"""The engine alone, against SpiffWorkflow with the same flow in memory and through JSON.

The rest is held against figures of our own: the size of the state, what a step costs in a long
case, and how many steps a simulation makes in a second.
"""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import replace

from bench.engine.sale import STEPS
from bench.runner import ROOT, VAR, Figure, Ratio, contestant, ratios, take_turns

SUITE = "engine"
OURS, PEER = "ventanilla", "SpiffWorkflow"
TARGETS = {"step": 30.0, "saved step": 50.0}
OFTEN = {OURS: 20, PEER: 1}
"""How many times more operations than the slowest each runs, so that both are timed long enough."""
STATE_BYTES = 2_000
GROWTH = 1.2
SIMULATED = 20_000
PEERS = ROOT / "var" / "peers" / "bin" / "python"
FLOW = VAR / "engine.bpmn"


class NoPeer(Exception):
    """The peer's environment is missing."""


def run(*, rounds: int, times: int) -> tuple[list[Figure], list[Ratio]]:
    """Measure both in turns, then what must not grow."""
    if not PEERS.exists():
        raise NoPeer("make peers installs what the engine is compared with")
    VAR.mkdir(parents=True, exist_ok=True)
    environment = {"BENCH_BPMN": str(FLOW), "PYTHONPATH": str(ROOT)}
    _asked("bench.engine.ours", "prepare", environment=environment)
    players = {OURS: sys.executable, PEER: str(PEERS)}
    modules = {OURS: "bench.engine.ours", PEER: "bench.engine.spiff"}
    figures: list[Figure] = []
    with ExitStack() as stack:
        running = [
            stack.enter_context(
                contestant(
                    name,
                    [python, "-m", modules[name], "serve"],
                    environment=environment,
                    server_cpu=lambda: 0.0,
                )
            )
            for name, python in players.items()
        ]
        figures = take_turns(
            SUITE, running, tuple(TARGETS), rounds=rounds, times=times * STEPS, often=OFTEN
        )
    found = [
        replace(ratio, target=TARGETS[ratio.operation])
        for ratio in ratios(figures, OURS, {PEER: 0.0})
    ]
    return figures, [*found, *_limits(figures, environment)]


def _limits(figures: list[Figure], environment: dict[str, str]) -> list[Ratio]:
    (step,) = (one for one in figures if (one.contestant, one.operation) == (OURS, "step"))
    standing = json.loads(_asked("bench.engine.growth", environment=environment))
    processor = 1000 / step.cpu_ms
    return [
        _limit(
            "simulation", f"{SIMULATED} a s", step.per_second / SIMULATED, processor / SIMULATED
        ),
        _limit("state", f"{STATE_BYTES} bytes", STATE_BYTES / standing["bytes"]),
        _limit("1000th step", f"{GROWTH} × 10th", GROWTH / standing["growth"]),
    ]


def _limit(operation: str, against: str, rate: float, cpu: float | None = None) -> Ratio:
    return Ratio(
        suite=SUITE,
        operation=operation,
        against=against,
        rate=rate,
        cpu=rate if cpu is None else cpu,
        target=1.0,
    )


def _asked(module: str, *words: str, environment: dict[str, str]) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        check=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout
