"""Whether anybody notices a change to a procedure: the checker, its scenarios, or nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from bench.mutants.changing import Mutant, mutants_of
from ventanilla.core.businesstime import Calendar
from ventanilla.core.definition.compile import Compiled, compile_nodes
from ventanilla.core.definition.compile.sources import (
    CalendarPlan,
    CalendarRefused,
    Outside,
    PackNodes,
)
from ventanilla.core.definition.model import Pack, Procedure
from ventanilla.core.definition.nodes import Node
from ventanilla.core.definition.problems import Problem, Problems, Severity
from ventanilla.core.scenarios.driver import PureDriver
from ventanilla.core.scenarios.reading import read_scenarios
from ventanilla.core.scenarios.running import run_scenario
from ventanilla.packs.identifiers import KINDS, identity_check
from ventanilla.packs.reader import PackFiles, make_calendar, read_nodes, read_pack
from ventanilla.packs.yaml_nodes import read_yaml


class Verdict(StrEnum):
    """Who notices."""

    ERROR = "error"
    WARNING = "warning"
    SCENARIO = "scenario"
    SAME = "same"
    """It compiles to the very same procedure."""
    EQUIVALENT = "equivalent"
    UNSEEN = "unseen"


EQUIVALENT: Mapping[tuple[str, str], str] = {
    ("field", "personal"): "decides what is forgotten with a person, not the course of a case",
    ("column", "personal"): "decides what is forgotten with a person, not the course of a case",
    ("field", "required"): "every step that asks the field says for itself whether it is required",
    ("field", "help"): "words beside a question",
    ("script", "behaviour"): "words for whoever speaks",
    ("script", "asks"): "says what the words ask for; the checker alone reads it",
    ("procedure", "version"): "the number by which the catalogue tells versions apart",
    ("table", "hit"): "the rows do not overlap, so the first that holds is the only one",
    ("alarm", "say"): "words on the screen",
    ("entry", "label"): "words on the screen",
}
"""Words whose change no course of a case shows, with the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A mutant, who noticed it, and by what."""

    mutant: Mutant
    verdict: Verdict
    by: str = ""


class Bench:
    """A pack with its scenarios, asked about one changed procedure after another."""

    def __init__(self, folder: Path) -> None:
        self.files: PackFiles = read_pack(folder)
        self._calendars: dict[str, Calendar | CalendarRefused] = {}
        self.nodes: PackNodes = read_nodes(self.files, Problems())
        self.sound = self._compile(self.nodes)
        if self.sound.pack is None:
            raise ValueError(f"{folder} has errors")
        self._known = {_key(one) for one in self.sound.problems}
        self._written = [
            node
            for path in sorted(self.files.files)
            if path.startswith("scenarios/")
            if (node := read_yaml(path, self.files.files[path], Problems())) is not None
        ]

    def judge(self, path: str, mutant: Mutant) -> Judged:
        """Who notices that a procedure file is changed."""
        procedures = {**self.nodes.procedures, path: mutant.node}
        compiled = self._compile(replace(self.nodes, procedures=procedures))
        new = [one for one in compiled.problems if _key(one) not in self._known]
        errors = [one for one in new if one.severity is Severity.ERROR]
        if new:
            first = (errors or new)[0]
            verdict = Verdict.ERROR if errors else Verdict.WARNING
            return Judged(mutant=mutant, verdict=verdict, by=str(first.code))
        return self._judge_pack(mutant, compiled.pack)

    def _judge_pack(self, mutant: Mutant, pack: Pack | None) -> Judged:
        """Whether a scenario notices what the checker finds nothing wrong with."""
        assert pack is not None
        assert self.sound.pack is not None
        changed = _changed(self.sound.pack, pack)
        if not changed:
            return Judged(mutant=mutant, verdict=Verdict.SAME)
        failed = self._first_failure(pack, changed)
        if failed:
            return Judged(mutant=mutant, verdict=Verdict.SCENARIO, by=failed)
        reason = EQUIVALENT.get((mutant.section, mutant.word))
        verdict = Verdict.UNSEEN if reason is None else Verdict.EQUIVALENT
        return Judged(mutant=mutant, verdict=verdict, by=reason or "")

    def _first_failure(self, pack: Pack, changed: frozenset[str]) -> str:
        problems = Problems()
        for node in self._written:
            scenarios = read_scenarios(node, pack, problems, identity=identity_check)
            if problems.any_error:
                return problems.sorted()[0].mark.file
            for scenario in scenarios:
                if scenario.procedure in changed:
                    driver = PureDriver(pack.procedures[scenario.procedure])
                    if not run_scenario(scenario, driver).green:
                        return scenario.title
        return ""

    def _compile(self, nodes: PackNodes) -> Compiled:
        outside = Outside(
            calendars=self._calendar, identity=identity_check, identity_kinds=frozenset(KINDS)
        )
        return compile_nodes(nodes, Problems(), outside)

    def _calendar(self, plan: CalendarPlan) -> Calendar | CalendarRefused:
        key = repr(plan)
        if key not in self._calendars:
            self._calendars[key] = make_calendar(plan)
        return self._calendars[key]


def judged(folder: Path, count: int, seed: str = "") -> Iterable[Judged]:
    """So many mutants of a pack, spread over its procedures by their size."""
    bench = Bench(folder)
    sizes = {path: _size(node) for path, node in bench.nodes.procedures.items()}
    for path, node in sorted(bench.nodes.procedures.items()):
        share = max(1, -(-count * sizes[path] // sum(sizes.values())))
        for mutant in mutants_of(node, f"{seed}{folder.name}/{path}", share):
            yield bench.judge(path, mutant)


def _size(node: Node) -> int:
    inner = getattr(node, "items", None)
    if inner is not None:
        return 1 + sum(_size(one) for one in inner)
    return 1 + sum(_size(value) for _, value in getattr(node, "entries", ()))


def _key(problem: Problem) -> tuple[str, str, str]:
    """What a problem says, wherever it stands now."""
    return str(problem.code), problem.mark.file, str(sorted(problem.params.items()))


def _changed(before: Pack, after: Pack) -> frozenset[str]:
    """The procedures that are no longer what they were."""
    return frozenset(
        code
        for code, one in after.procedures.items()
        if _meaning(one) != _meaning(before.procedures[code])
    )


def _meaning(procedure: Procedure) -> str:
    """All that a procedure says, without the places of expressions and whatever has no order."""
    return repr(procedure)
