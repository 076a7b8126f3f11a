"""Finds scenarios, reads them with their packs, and runs them on any driver."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ventanilla.core.definition.model import Pack, Procedure
from ventanilla.core.definition.nodes import Mark
from ventanilla.core.definition.problems import Code, Problem, Problems, Severity
from ventanilla.core.scenarios.coverage import Coverage, coverage
from ventanilla.core.scenarios.driver import Driver, PureDriver
from ventanilla.core.scenarios.model import Scenario
from ventanilla.core.scenarios.reading import read_scenarios
from ventanilla.core.scenarios.running import Outcome, run_scenario
from ventanilla.packs.answers import local_answer
from ventanilla.packs.identifiers import identity_check
from ventanilla.packs.reader import compile_pack, read_pack
from ventanilla.packs.yaml_nodes import read_yaml

MARKER = "pack.yaml"
FOLDER = "scenarios"

MakeDriver = Callable[[Pack, Procedure], Driver]


def on_the_engine(_pack: Pack, procedure: Procedure) -> Driver:
    """The engine alone, without a database."""
    return PureDriver(procedure, local_answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A pack with scenarios of it, or with all that is wrong with either. Files are relative."""

    folder: Path
    pack: Pack | None
    scenarios: tuple[Scenario, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteRun:
    """A suite that has been run."""

    suite: Suite
    outcomes: tuple[Outcome, ...]

    @property
    def green(self) -> bool:
        return self.suite.pack is not None and all(outcome.green for outcome in self.outcomes)

    def coverages(self) -> Iterator[Coverage]:
        """What was reached of every procedure that a scenario is about."""
        pack = self.suite.pack
        if pack is None:
            return
        for code in dict.fromkeys(outcome.scenario.procedure for outcome in self.outcomes):
            journals = [one.journal for one in self.outcomes if one.scenario.procedure == code]
            yield coverage(pack.procedures[code], journals)


class NothingToRun(ValueError):
    """A path names no scenario; the sentence says the remedy."""


def find_suites(paths: Iterable[Path]) -> tuple[Suite, ...]:
    """Read the scenarios of the paths by pack; raises NothingToRun.

    A path is a scenario's file, a folder of them, a pack's folder, or a folder of packs.
    """
    by_pack: dict[Path, dict[Path, None]] = {}
    for path in paths:
        for folder, file in _files(path):
            by_pack.setdefault(folder, {})[file] = None
    return tuple(_suite(folder, tuple(files)) for folder, files in by_pack.items())


def run_suite(suite: Suite, make_driver: MakeDriver = on_the_engine) -> SuiteRun:
    """Run the scenarios of a suite that has no errors."""
    if suite.pack is None:
        return SuiteRun(suite=suite, outcomes=())
    drivers: Mapping[str, Driver] = {
        code: make_driver(suite.pack, suite.pack.procedures[code])
        for code in dict.fromkeys(scenario.procedure for scenario in suite.scenarios)
    }
    outcomes = (run_scenario(one, drivers[one.procedure]) for one in suite.scenarios)
    return SuiteRun(suite=suite, outcomes=tuple(outcomes))


def _files(path: Path) -> Iterator[tuple[Path, Path]]:
    """The scenario files of a path, each with its pack's folder."""
    if not path.exists():
        raise NothingToRun(f"No existe «{path}»: escriba la ruta de un escenario o de un paquete.")
    found = sorted(_below(path))
    if not found:
        raise NothingToRun(f"No hay escenarios en «{path}»: un paquete los tiene en «{FOLDER}».")
    for file in found:
        pack = next((one for one in file.resolve().parents if (one / MARKER).is_file()), None)
        if pack is None:
            raise NothingToRun(
                f"«{file}» no está dentro de un paquete: falta «{MARKER}» más arriba."
            )
        yield _as_given(pack, file), file


def _below(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif (path / MARKER).is_file():
        yield from (path / FOLDER).rglob("*.yaml")
    elif any(path.glob(f"*/{MARKER}")):
        yield from path.glob(f"*/{FOLDER}/**/*.yaml")
    else:
        yield from path.rglob("*.yaml")


def _as_given(pack: Path, file: Path) -> Path:
    """The pack's folder as the caller would write it."""
    given = next((one for one in file.parents if one.resolve() == pack), None)
    return given if given is not None else pack


def _suite(folder: Path, files: tuple[Path, ...]) -> Suite:
    compiled = compile_pack(read_pack(folder))
    if compiled.pack is None:
        errors = (one for one in compiled.problems if one.severity is Severity.ERROR)
        return Suite(folder=folder, pack=None, scenarios=(), problems=tuple(errors))
    problems = Problems()
    scenarios: list[Scenario] = []
    for file in files:
        name = file.resolve().relative_to(folder.resolve()).as_posix()
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            problems.add(Code.FILE_UNREADABLE, Mark(name))
            continue
        node = read_yaml(name, text, problems)
        scenarios += read_scenarios(node, compiled.pack, problems, identity=identity_check)
    if problems.any_error:
        return Suite(folder=folder, pack=None, scenarios=(), problems=problems.sorted())
    return Suite(folder=folder, pack=compiled.pack, scenarios=tuple(scenarios), problems=())
