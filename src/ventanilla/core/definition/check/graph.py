"""How the steps of a procedure hang together: what leads where, and what never can."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ventanilla.core.definition.check.parts import all_deeds
from ventanilla.core.definition.check.places import Places
from ventanilla.core.definition.check.truth import NOTHING_MORE, cases_of
from ventanilla.core.definition.expressions import Env
from ventanilla.core.definition.model import MAIN_TRACK, Branch, Procedure, Step, StepKind, WaitFor
from ventanilla.core.definition.problems import Code, Problems

RESTING = frozenset({StepKind.TASK, StepKind.APPROVE, StepKind.WAIT})
"""Steps at which a case stands still until somebody or time moves it."""


_FROM_OUTSIDE = frozenset({WaitFor.MESSAGE, WaitFor.FILES})
"""What may never come, because nobody of the office brings it about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """``live`` are the branches of each step that some case can take; ``dead`` the others."""

    procedure: Procedure
    live: Mapping[str, tuple[Branch, ...]]
    dead: Mapping[str, tuple[int, ...]]

    def after(self, name: str) -> tuple[str, ...]:
        """The steps to which a step can lead."""
        step = self.procedure.steps[name]
        branches = [*self.live[name]]
        if step.wait is not None and step.wait.give_up is not None:
            branches.append(step.wait.give_up.branch)
        if step.approve is not None:
            branches.append(Branch(go=step.approve.back))
        return tuple(dict.fromkeys(branch.go for branch in branches if branch.go is not None))

    def can_end_at(self, name: str) -> bool:
        step = self.procedure.steps[name]
        give_up = step.wait.give_up if step.wait is not None else None
        ends = any(branch.go is None for branch in self.live[name])
        return ends or (give_up is not None and give_up.branch.go is None)

    def jumps(self) -> tuple[str, ...]:
        """Steps to which actions, rules and reopening lead from anywhere."""
        found = [action.go for action in self.procedure.actions.values()]
        found += [deeds.go for deeds in all_deeds(self.procedure)]
        found.append(self.procedure.reopen)
        return tuple(dict.fromkeys(name for name in found if name is not None))

    @property
    def ends_aside(self) -> bool:
        """Whether some action ends the main track from wherever it is."""
        return any(action.end is not None for action in self.procedure.actions.values())

    def starts(self) -> tuple[str, ...]:
        first = [track.first for track in self.procedure.tracks.values()]
        return tuple(dict.fromkeys([*first, *self.jumps()]))

    def reached_from(self, names: Iterable[str]) -> frozenset[str]:
        """The steps themselves and all to which they lead."""
        found: dict[str, None] = {}
        waiting = [name for name in names if name in self.procedure.steps]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = None
                waiting.extend(self.after(name))
        return frozenset(found)


def graph_of(
    procedure: Procedure, env: Env, only: Mapping[str, frozenset[str]] = NOTHING_MORE
) -> Graph:
    """The steps and what leads where; ``only`` are the values some choices can have at all."""
    live: dict[str, tuple[Branch, ...]] = {}
    dead: dict[str, tuple[int, ...]] = {}
    for name, step in procedure.steps.items():
        taken = _taken(step, env, only)
        live[name] = tuple(branch for index, branch in enumerate(step.next) if index in taken)
        dead[name] = tuple(index for index in range(len(step.next)) if index not in taken)
    return Graph(procedure=procedure, live=live, dead=dead)


def _taken(step: Step, env: Env, only: Mapping[str, frozenset[str]]) -> frozenset[int]:
    """The branches that some case takes; all of them when there are too many cases to try."""
    everything = frozenset(range(len(step.next)))
    trees = tuple(one.condition.tree for one in step.next if one.condition is not None)
    cases = cases_of(trees, env, only=only)
    if not cases.countable:
        return everything
    found: set[int] = set()
    for case in cases:
        for index, branch in enumerate(step.next):
            if branch.condition is None or cases.holds(branch.condition.tree, case):
                found.add(index)
                break
        if len(found) == len(everything):
            break
    return frozenset(found)


def check_graph(graph: Graph, places: Places, problems: Problems) -> None:
    """Tell steps never reached, steps without end, circles without people, and dead branches."""
    steps = graph.procedure.steps
    reached = graph.reached_from(graph.starts())
    for name, step in steps.items():
        if name not in reached:
            problems.add(Code.STEP_UNREACHABLE, places.step(step), name=name)
        for index in graph.dead[name]:
            mark = places.branch(step, index)
            if mark is not None:
                problems.add(Code.BRANCH_DEAD, mark)
        if name in reached and _waits_for_ever(step):
            problems.add(Code.WAIT_WITHOUT_WAY_OUT, places.step(step, "wait"), name=name)
    _check_ends(graph, reached, places, problems)
    _check_circles(graph, reached, places, problems)


def _waits_for_ever(step: Step) -> bool:
    wait = step.wait
    return (
        wait is not None
        and wait.until in _FROM_OUTSIDE
        and wait.give_up is None
        and step.who is None
    )


def _check_ends(graph: Graph, reached: frozenset[str], places: Places, problems: Problems) -> None:
    """Tell the first step, as written, from which nothing leads to an end."""
    steps = graph.procedure.steps
    ending = {name for name in steps if graph.can_end_at(name)}
    jumps = graph.reached_from(_main_jumps(graph))
    for name, step in steps.items():
        ahead = graph.reached_from([name])
        rests = any(steps[one].kind in RESTING for one in ahead)
        escapes = rests and (bool(jumps & ending) or graph.ends_aside)
        if name in reached and not ahead & ending and not escapes:
            problems.add(Code.STEP_NO_END, places.step(step), name=name)
            return


def _main_jumps(graph: Graph) -> tuple[str, ...]:
    steps = graph.procedure.steps
    return tuple(name for name in graph.jumps() if steps[name].track == MAIN_TRACK)


def _check_circles(
    graph: Graph, reached: frozenset[str], places: Places, problems: Problems
) -> None:
    """Tell circles of steps that all happen by themselves, each circle once."""
    steps = graph.procedure.steps
    told: set[str] = set()
    for name, step in steps.items():
        if name not in reached or name in told or step.kind in RESTING:
            continue
        circle = _circle(graph, name)
        if circle:
            told.update(circle)
            problems.add(Code.STEP_LOOP, places.step(step), names=", ".join(circle))


def _circle(graph: Graph, start: str) -> tuple[str, ...]:
    """A way from a step back to itself through steps that do not rest, or nothing."""
    steps = graph.procedure.steps
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for name in graph.after(way[-1]):
            if name == start:
                return way
            if name not in seen and steps[name].kind not in RESTING:
                seen.add(name)
                ways.append((*way, name))
    return ()
