"""`ventanilla scenario PATH… --database`: scenarios on the engine and through the services.

Both must give the same journal. They are played in a database made for it and dropped afterwards.
"""

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from ventanilla.cases.staging import stage
from ventanilla.core.scenarios.comparing import compare
from ventanilla.packs import scenario_command
from ventanilla.packs.reader import read_pack
from ventanilla.packs.scenarios import NothingToRun, Suite, SuiteRun, find_suites, run_suite


class Command(BaseCommand):
    """Exits 1 when an expectation fails or the two journals differ, 2 when the call is unusable."""

    help = "Corre escenarios también por los servicios y la base de datos, y compara bitácoras."

    def add_arguments(self, parser: ArgumentParser) -> None:
        scenario_command.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        arguments = Namespace(**options)
        try:
            suites = find_suites(map(Path, arguments.paths))
        except NothingToRun as problem:
            self.stderr.write(str(problem))
            raise SystemExit(scenario_command.UNUSABLE) from problem
        with _empty_database():
            runs = [_in_the_database(suite) for suite in suites]
        status = scenario_command.report(arguments, runs, sys.stdout)
        for suite, run in zip(suites, runs, strict=True):
            for line in _differences(suite, run):
                self.stderr.write(line)
                status = scenario_command.FAILED
        if status:
            raise SystemExit(status)


@contextmanager
def _empty_database() -> Iterator[None]:
    """A database beside the installation's own, of the same kind; in memory when that is SQLite."""
    own = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"ventanilla_scenarios_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(own, verbosity=0)


def _in_the_database(suite: Suite) -> SuiteRun:
    if suite.pack is None:
        return run_suite(suite)
    begins = (one.start for one in suite.scenarios)
    with stage(read_pack(suite.folder), min((datetime.now(UTC), *begins))) as make_driver:
        return run_suite(suite, make_driver)


def _differences(suite: Suite, in_database: SuiteRun) -> list[str]:
    if suite.pack is None:
        return []
    on_engine = run_suite(suite)
    lines = []
    for one, other in zip(on_engine.outcomes, in_database.outcomes, strict=True):
        procedure = suite.pack.procedures[one.scenario.procedure]
        found = compare(procedure, one.journal, other.journal)
        if found is not None:
            place = f"{suite.folder / one.scenario.mark.file}:{one.scenario.mark.line}"
            entry = found.entry + 1
            lines.append(
                f"{place}: la bitácora de la base de datos difiere en la anotación {entry}."
            )
    return lines
