"""Speed and cost as ratios taken in one run: `python -m bench [SUITE…] [--rounds N]`."""

import argparse
import sys

from bench import checker, report
from bench.engine import suite as engine
from bench.runner import Figure, Ratio
from bench.services import suite as services
from bench.time import run as run_time

SUITES = {"checker": checker.run, "engine": engine.run, "services": services.run, "time": run_time}


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join(SUITES))
    parser.add_argument("--rounds", type=int, default=7, help="measured rounds (default 7)")
    parser.add_argument("--times", type=int, default=60, help="operations a round (default 60)")
    options = parser.parse_args()
    if unknown := set(options.suites) - SUITES.keys():
        parser.error(f"unknown suite {min(unknown)}; there are: {', '.join(SUITES)}")

    figures: list[Figure] = []
    ratios: list[Ratio] = []
    for name in options.suites or SUITES:
        new_figures, new_ratios = SUITES[name](rounds=options.rounds, times=options.times)
        figures += new_figures
        ratios += new_ratios
    print("\n".join(report.lines(figures, ratios)))
    report.write(figures, ratios)
    return 0


if __name__ == "__main__":
    sys.exit(main())
