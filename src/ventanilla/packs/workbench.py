"""A pack held open while somebody edits it: only what has changed is read again."""

from dataclasses import replace

from ventanilla.core.businesstime import Calendar
from ventanilla.core.definition.compile import Compiled, compile_nodes
from ventanilla.core.definition.compile.sources import (
    CalendarPlan,
    CalendarRefused,
    Outside,
    PackNodes,
)
from ventanilla.core.definition.model import Pack
from ventanilla.core.definition.problems import Problem, Problems
from ventanilla.core.scenarios.reading import read_scenarios
from ventanilla.packs.identifiers import KINDS, identity_check
from ventanilla.packs.reader import Kept, PackFiles, make_calendar, read_nodes
from ventanilla.packs.yaml_nodes import read_yaml


class Workbench:
    """Answers for one file at a time what ``ventanilla check`` would tell of it, and sooner."""

    def __init__(self, files: PackFiles) -> None:
        self._files = files
        self._kept = Kept()
        self._calendars: dict[str, Calendar | CalendarRefused] = {}
        self._pack: tuple[str, Pack | None] = ("", None)
        self._compile(read_nodes(files, Problems(), self._kept))

    def check(self, path: str, text: str) -> tuple[Problem, ...]:
        """Everything wrong with a file as it is written now."""
        self._files = replace(self._files, files={**self._files.files, path: text})
        if path.startswith("scenarios/"):
            return self._scenarios(path, text)
        problems = Problems()
        told = self._compile(read_nodes(self._files, problems, self._kept), problems).problems
        return tuple(problem for problem in told if problem.mark.file == path)

    def _scenarios(self, path: str, text: str) -> tuple[Problem, ...]:
        problems = Problems()
        if self._pack[0] != self._files.digest:
            compiled = self._compile(read_nodes(self._files, Problems(), self._kept))
            self._pack = (self._files.digest, compiled.pack)
        node = read_yaml(path, text, problems)
        if self._pack[1] is not None:
            read_scenarios(node, self._pack[1], problems, identity=identity_check)
        return problems.sorted()

    def _compile(self, nodes: PackNodes, problems: Problems | None = None) -> Compiled:
        outside = Outside(
            calendars=self._calendar, identity=identity_check, identity_kinds=frozenset(KINDS)
        )
        return compile_nodes(nodes, problems or Problems(), outside)

    def _calendar(self, plan: CalendarPlan) -> Calendar | CalendarRefused:
        key = repr(plan)
        if key not in self._calendars:
            self._calendars[key] = make_calendar(plan)
        return self._calendars[key]
