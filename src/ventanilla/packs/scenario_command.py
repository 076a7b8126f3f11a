"""``ventanilla scenario``: runs the examples of a pack and tells what is not as expected."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from ventanilla.core.definition.nodes import Mark
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
from ventanilla.packs.sentences import LANGUAGES
from ventanilla.packs.sentences import tell as tell_problem

DONE = 0
FAILED = 1
UNUSABLE = 2

_WORDS = {
    "es": {
        "expected": "se esperaba",
        "actual": "fue",
        "so_far": "hasta ahí",
        "reached": "{reached} de {total} lugares alcanzados",
        "missed": "sin alcanzar",
        "sum": "{green} de {total} escenarios como se esperaba.",
    },
    "en": {
        "expected": "expected",
        "actual": "was",
        "so_far": "up to there",
        "reached": "{reached} of {total} places reached",
        "missed": "not reached",
        "sum": "{green} of {total} scenarios as expected.",
    },
}


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
        "--database",
        action="store_true",
        help="run through the services and the database too, and compare the journals",
    )
    parser.add_argument("--lang", choices=LANGUAGES, default="es", help="language of sentences")
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
        data = {
            "scenarios": [row for one in runs for row in _scenarios_data(one)],
            "problems": [row for one in runs for row in _problems_data(one.suite, args.lang)],
            "coverage": [_coverage_data(each) for one in runs for each in one.coverages()],
        }
        out.write(f"{json.dumps(data, ensure_ascii=False, indent=2)}\n")
    else:
        out.writelines(f"{line}\n" for line in _lines(runs, args.lang, coverage=args.coverage))
    return DONE if all(one.green for one in runs) else FAILED


# --- for people ----------------------------------------------------------------------------------


def _lines(runs: Iterable[SuiteRun], language: str, *, coverage: bool) -> Iterator[str]:
    """Each scenario, what failed where, the journal up to there, what was not reached, the sum."""
    words = _WORDS[language]
    green = total = 0
    for one in runs:
        for row in _problems_data(one.suite, language):
            yield f"{row['file']}:{row['line']}:{row['column']}: {row['message']} [{row['code']}]"
            if row["hint"]:
                yield f"    {row['hint']}"
        for outcome in one.outcomes:
            total += 1
            green += outcome.green
            yield from _outcome_lines(one.suite, outcome, words)
        for found in one.coverages() if coverage else ():
            counts = words["reached"].format(reached=len(found.reached), total=found.total)
            yield f"{found.procedure}: {counts}"
            yield from (f"    {words['missed']}: {place}" for place in found.missed)
    yield words["sum"].format(green=green, total=total)


def _outcome_lines(suite: Suite, outcome: Outcome, words: Mapping[str, str]) -> Iterator[str]:
    sign = "✓" if outcome.green else "✗"
    yield f"{sign} {_place(suite, outcome.scenario.mark)} {outcome.scenario.title}"
    for number, failure in enumerate(outcome.failures):
        yield f"    {_place(suite, failure.mark)}: {failure.what}"
        yield f"        {words['expected']}: {failure.expected}"
        yield f"        {words['actual']}: {failure.actual}"
        if number == 0:
            yield f"        {words['so_far']}:"
            yield from (f"          {line}" for line in _journal(suite, outcome, failure))


def _journal(suite: Suite, outcome: Outcome, failure: Failure) -> tuple[str, ...]:
    if suite.pack is None:
        return ()
    zone = ZoneInfo(suite.pack.calendars[outcome.scenario.calendar].zone)
    return tell(outcome.journal[: failure.so_far], zone)


def _place(suite: Suite, mark: Mark) -> str:
    return f"{(suite.folder / mark.file).as_posix()}:{mark.line}"


# --- for machines --------------------------------------------------------------------------------


def _scenarios_data(one: SuiteRun) -> Iterator[dict[str, object]]:
    for outcome in one.outcomes:
        scenario = outcome.scenario
        yield {
            "file": (one.suite.folder / scenario.mark.file).as_posix(),
            "line": scenario.mark.line,
            "title": scenario.title,
            "procedure": scenario.procedure,
            "covers": list(scenario.covers),
            "passed": outcome.green,
            "failures": [
                {
                    "file": (one.suite.folder / failure.mark.file).as_posix(),
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


def _problems_data(suite: Suite, language: str) -> Iterator[dict[str, object]]:
    for problem in suite.problems:
        told = tell_problem(problem, language)
        yield {
            "severity": str(problem.severity),
            "code": str(problem.code),
            "file": (suite.folder / problem.mark.file).as_posix(),
            "line": problem.mark.line,
            "column": problem.mark.column,
            "message": told.message,
            "hint": told.hint,
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
