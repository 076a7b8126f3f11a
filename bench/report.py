"""The figures of a run, as a table for people and JSON for machines."""

import json
import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.runner import VAR, Figure, Ratio

LATEST = VAR / "latest.json"


def lines(figures: Sequence[Figure], ratios: Sequence[Ratio]) -> Iterator[str]:
    """A table of medians, then of ratios with their targets."""
    yield f"{'suite':22}{'operation':12}{'contestant':18}{'per s':>9}{'(range)':>18}{'CPU ms':>9}"
    for figure in figures:
        spread = f"({figure.slowest:.0f}–{figure.fastest:.0f})"
        yield (
            f"{figure.suite:22}{figure.operation:12}{figure.contestant:18}"
            f"{figure.per_second:9.1f}{spread:>18}{figure.cpu_ms:9.2f}"
        )
    yield ""
    yield f"{'suite':22}{'operation':12}{'ours against':18}{'rate':>9}{'CPU':>9}{'target':>9}"
    for ratio in ratios:
        verdict = "met" if ratio.is_met else "missed"
        yield (
            f"{ratio.suite:22}{ratio.operation:12}{ratio.against:18}"
            f"{ratio.rate:9.2f}{ratio.cpu:9.2f}{ratio.target:9.2f}  {verdict}"
        )


def write(figures: Sequence[Figure], ratios: Sequence[Ratio], path: Path = LATEST) -> None:
    """Keep the run beside what it ran on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "figures": [asdict(figure) for figure in figures],
        "ratios": [{**asdict(ratio), "met": ratio.is_met} for ratio in ratios],
    }
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
