"""Deadlines on a calendar with holidays and lunch breaks, against three libraries in the same run.

All contestants answer the same questions (72 business hours, 30 business days, from the same
starts, with the same holidays of Chile), and their answers are compared before they are timed.
Run it alone with `python -m bench.time`.
"""

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench import report
from bench.runner import ROOT, VAR, Contestant, Figure, Ratio, contestant, ratios

OURS = "ventanilla"
PEERS = ("businesstimedelta", "pandas", "workalendar")
TARGETS: Mapping[str, Mapping[str, float]] = {
    "72 hours": {"businesstimedelta": 400.0, "pandas": 30.0},
    "30 days": {"pandas": 10.0, "workalendar": 10.0},
}
OPERATIONS: Mapping[str, Sequence[str]] = {
    OURS: ("72 hours", "30 days"),
    "businesstimedelta": ("72 hours",),
    "pandas": ("72 hours", "30 days"),
    "workalendar": ("30 days",),
}
SLOWER = {OURS: 400, "businesstimedelta": 1, "pandas": 20, "workalendar": 20}
"""How many times more operations than the slowest each runs, so that all are timed long enough."""

AT_MOST_MICROSECONDS = 5.0

REQUIREMENTS = Path(__file__).with_name("requirements-time.txt")
PEER = VAR / "time-peers"
HOLIDAYS = VAR / "time-holidays.json"


class AnswersDiffer(Exception):
    """A peer and we do not agree on a deadline, so their speeds cannot be compared."""


def run(*, rounds: int, times: int) -> tuple[list[Figure], list[Ratio]]:
    """Measure every contestant in turns."""
    install_peers()
    VAR.mkdir(parents=True, exist_ok=True)
    _command(OURS, "holidays")
    _compare_answers()
    with ExitStack() as stack:
        players = [
            stack.enter_context(
                contestant(
                    name, _words(name, "serve"), environment=_environment(), server_cpu=lambda: 0.0
                )
            )
            for name in OPERATIONS
        ]
        figures = _take_turns(players, rounds=rounds, times=times)
    found = [
        ratio
        for operation, targets in TARGETS.items()
        for ratio in ratios([one for one in figures if one.operation == operation], OURS, targets)
    ]
    return figures, found


def install_peers() -> None:
    """The peers' own environment, made once for each state of its requirements."""
    stamp, wanted = PEER / "installed", REQUIREMENTS.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    VAR.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(PEER)], check=True)
    pip = [str(PEER / "bin" / "python"), "-m", "pip", "install", "-qq"]
    subprocess.run([*pip, "--requirement", str(REQUIREMENTS)], check=True)
    stamp.write_text(wanted, encoding="utf-8")


def _take_turns(players: Sequence[Contestant], *, rounds: int, times: int) -> list[Figure]:
    measured: dict[tuple[str, str, int], list[tuple[float, float]]] = {}
    for number in range(rounds + 1):
        for player in players:
            count = times * SLOWER[player.name]
            for operation in OPERATIONS[player.name]:
                result = player.run(operation, count)
                if number > 0:
                    measured.setdefault((operation, player.name, count), []).append(result)
    return [
        Figure(
            suite="time",
            operation=operation,
            contestant=name,
            per_second=statistics.median(rate for rate, _ in results),
            cpu_ms=statistics.median(cpu for _, cpu in results),
            slowest=min(rate for rate, _ in results),
            fastest=max(rate for rate, _ in results),
            rounds=rounds,
            times=count,
        )
        for (operation, name, count), results in measured.items()
    ]


def _compare_answers() -> None:
    ours = json.loads(_command(OURS, "answers"))
    for peer in PEERS:
        theirs = json.loads(_command(peer, "answers"))
        for operation, answers in theirs.items():
            if answers != ours[operation]:
                pairs = zip(ours["starts"], ours[operation], answers, strict=True)
                start, own, other = next(p for p in pairs if p[1] != p[2])
                raise AnswersDiffer(f"{peer}, {operation} from {start}: {other}, ours {own}")


def _command(name: str, verb: str) -> str:
    done = subprocess.run(
        _words(name, verb), env=_environment(), cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


def _words(name: str, verb: str) -> list[str]:
    if name == OURS:
        return [sys.executable, "-m", "bench.time_ours", verb]
    return [
        str(PEER / "bin" / "python"),
        "-W",
        "ignore",
        "-m",
        f"bench.time_peers.with_{name}",
        verb,
    ]


def _environment() -> dict[str, str]:
    return {"BENCH_HOLIDAYS": str(HOLIDAYS), "PYTHONPATH": str(ROOT), "PATH": ""}


def main() -> int:
    figures, found = run(rounds=7, times=60)
    print("\n".join(report.lines(figures, found)))
    print()
    for figure in figures:
        if figure.contestant == OURS:
            each = figure.cpu_ms * 1000
            verdict = "met" if each <= AT_MOST_MICROSECONDS else "missed"
            print(
                f"{figure.operation}: {each:.2f} µs each, at most {AT_MOST_MICROSECONDS}: {verdict}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
