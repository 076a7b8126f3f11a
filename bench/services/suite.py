"""Cases opened and steps made through the services, against the limit and against a peer."""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from bench.engines import Engine, engines
from bench.runner import ROOT, VAR, Figure, Ratio, contestant, ratios, take_turns

OPERATIONS = ("open", "step")
TARGETS = {"bare statements": 0.3, "django-helpdesk": 4.0}
REQUIREMENTS = Path(__file__).with_name("requirements-helpdesk.txt")
PEER = VAR / "helpdesk"


def run(*, rounds: int, times: int) -> tuple[list[Figure], list[Ratio]]:
    """Measure on every engine there is."""
    install_peer()
    figures: list[Figure] = []
    found: list[Ratio] = []
    for engine in engines():
        measured = _measured(engine, rounds=rounds, times=times)
        figures += measured
        found += ratios(measured, "ventanilla", TARGETS)
    return figures, found


def install_peer() -> None:
    """The peer's own environment, made once for each state of its requirements."""
    stamp = PEER / "installed"
    wanted = REQUIREMENTS.read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    VAR.mkdir(parents=True, exist_ok=True)
    _call([sys.executable, "-m", "venv", "--clear", str(PEER)], {})
    pip = [str(PEER / "bin" / "python"), "-m", "pip", "install", "-qq"]
    _call([*pip, "--requirement", str(REQUIREMENTS)], {})
    stamp.write_text(wanted)


def _measured(engine: Engine, *, rounds: int, times: int) -> list[Figure]:
    rows = {"BENCH_ROWS": str(VAR / f"rows-{engine.name}.pickle")}
    ours = {"BENCH_DATABASE": engine.make("bench_ours"), **rows}
    _call([sys.executable, "-m", "bench.services.ours", "prepare"], ours)
    limit = {"BENCH_DATABASE": engine.copy("bench_ours", "bench_limit"), **rows}
    helpdesk = {"BENCH_DATABASE": engine.make("bench_helpdesk")}
    peer = [str(PEER / "bin" / "python"), "-m", "bench.services.helpdesk"]
    _call([*peer, "prepare"], helpdesk)

    players = {
        "ventanilla": ([sys.executable, "-m", "bench.services.ours", "serve"], ours),
        "bare statements": ([sys.executable, "-m", "bench.services.limit"], limit),
        "django-helpdesk": ([*peer, "serve"], helpdesk),
    }
    with ExitStack() as stack:
        running = [
            stack.enter_context(
                contestant(name, command, environment=environment, server_cpu=engine.server_cpu)
            )
            for name, (command, environment) in players.items()
        ]
        suite = f"services {engine.name}"
        return take_turns(suite, running, OPERATIONS, rounds=rounds, times=times)


def _call(command: list[str], environment: Mapping[str, str]) -> None:
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True)
