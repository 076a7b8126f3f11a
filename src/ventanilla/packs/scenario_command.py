"""``ventanilla scenario``: runs the examples of a pack and tells what is not as expected."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Problem
from ventanilla.core.scenarios.coverage import Coverage
from ventanilla.core.scenarios.journal import tell
from ventanilla.core.scenarios.running import Failure, Outcome
from ventanilla.packs.scenarios import (
    MakeDriver,
    NothingToRun,
    Suite,
    SuiteRun,
    find_suites,
    on_the_engine,
    run_suite,
)

DONE = 0
FAILED = 1
UNUSABLE = 2


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="a scenario, a folder of scenarios, a pack's folder, or a folder of packs",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--coverage", action="store_true", help="tell what of each procedure nothing has reached"
    )


def run(
    args: Namespace, out: TextIO, err: TextIO, *, make_driver: MakeDriver = on_the_engine
) -> int:
    """Run and report; 0 all as expected, 1 something otherwise or not readable, 2 unusable call."""
    try:
        suites = find_suites(Path(path) for path in args.paths)
    except NothingToRun as problem:
        err.write(f"{problem}\n")
        return UNUSABLE
    return report(args, [run_suite(suite, make_driver) for suite in suites], out)


def report(args: Namespace, runs: Sequence[SuiteRun], out: TextIO) -> int:
    """Tell what became of the runs, and give the exit status."""
    if args.json:
        report = {
            "scenarios": [data for one in runs for data in _scenarios_data(one)],
            "problems": [data for one in runs for data in _problems_data(one.suite)],
            "coverage": [_coverage_data(each) for one in runs for each in one.coverages()],
        }
        out.write(f"{json.dumps(report, ensure_ascii=False, indent=2)}\n")
    else:
        out.writelines(f"{line}\n" for line in report_lines(runs, with_coverage=args.coverage))
    return DONE if all(one.green for one in runs) else FAILED


# --- for people ----------------------------------------------------------------------------------


def report_lines(runs: Iterable[SuiteRun], *, with_coverage: bool) -> Iterator[str]:
    """What a person reads: each scenario, what failed where, the journal up to there, the sum."""
    green = total = 0
    for one in runs:
        for problem in one.suite.problems:
            yield f"{_place(one.suite, problem.mark)}: {_problem_text(problem)}"
        for outcome in one.outcomes:
            total += 1
            green += outcome.green
            yield from _outcome_lines(one.suite, outcome)
        if with_coverage:
            for found in one.coverages():
                yield from _coverage_lines(found)
    yield f"{green} de {total} escenarios como se esperaba."


def _outcome_lines(suite: Suite, outcome: Outcome) -> Iterator[str]:
    sign = "✓" if outcome.green else "✗"
    yield f"{sign} {_place(suite, outcome.scenario.mark)} {outcome.scenario.title}"
    for number, failure in enumerate(outcome.failures):
        yield f"    {_place(suite, failure.mark)}: {failure.what}"
        yield f"        se esperaba: {failure.expected}"
        yield f"        fue:         {failure.actual}"
        if number == 0:
            yield "        hasta ahí:"
            yield from (f"          {line}" for line in _journal(suite, outcome, failure))


def _journal(suite: Suite, outcome: Outcome, failure: Failure) -> tuple[str, ...]:
    if suite.pack is None:
        return ()
    zone = ZoneInfo(suite.pack.calendars[outcome.scenario.calendar].zone)
    return tell(outcome.journal[: failure.so_far], zone)


def _coverage_lines(found: Coverage) -> Iterator[str]:
    yield f"{found.procedure}: {len(found.reached)} de {found.total} lugares alcanzados"
    yield from (f"    sin alcanzar: {place}" for place in found.missed)


def _place(suite: Suite, mark: Mark) -> str:
    return f"{suite.folder / mark.file}:{mark.line}"


def _problem_text(problem: Problem) -> str:
    params = ", ".join(f"{name}={value}" for name, value in problem.params.items() if value)
    return f"{problem.code} {params}".rstrip()


# --- for machines --------------------------------------------------------------------------------


def _scenarios_data(one: SuiteRun) -> Iterator[dict[str, object]]:
    for outcome in one.outcomes:
        scenario = outcome.scenario
        yield {
            "file": str(one.suite.folder / scenario.mark.file),
            "line": scenario.mark.line,
            "title": scenario.title,
            "procedure": scenario.procedure,
            "covers": list(scenario.covers),
            "passed": outcome.green,
            "failures": [
                {
                    "file": str(one.suite.folder / failure.mark.file),
                    "line": failure.mark.line,
                    "column": failure.mark.column,
                    "what": failure.what,
                    "expected": failure.expected,
                    "actual": failure.actual,
                    "journal": list(_journal(one.suite, outcome, failure)),
                }
                for failure in outcome.failures
            ],
        }


def _problems_data(suite: Suite) -> Iterator[dict[str, object]]:
    for problem in suite.problems:
        yield {
            "severity": str(problem.severity),
            "code": str(problem.code),
            "file": str(suite.folder / problem.mark.file),
            "line": problem.mark.line,
            "column": problem.mark.column,
            "message": _problem_text(problem),
        }


def _coverage_data(found: Coverage) -> dict[str, object]:
    return {
        "procedure": found.procedure,
        "reached": len(found.reached),
        "total": found.total,
        "missed": [
            {"part": str(place.part), "name": place.name, "case": place.case}
            for place in found.missed
        ],
    }
