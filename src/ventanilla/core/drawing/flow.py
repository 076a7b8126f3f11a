"""A procedure becomes its flow: steps, choices, clocks and ends, by track and by role."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ventanilla.core.definition.expressions import Expression
from ventanilla.core.definition.model import (
    MAIN_TRACK,
    RETURNED,
    Approve,
    Branch,
    Procedure,
    Step,
    StepKind,
    Track,
    Wait,
    WaitFor,
)
from ventanilla.core.drawing import conditions
from ventanilla.core.drawing.graph import (
    Edge,
    EdgeKind,
    Flow,
    Lane,
    Node,
    NodeKind,
    Pool,
    Timer,
    TimerKind,
)
from ventanilla.core.drawing.triggers import (
    iso_period,
    limits_of,
    marks_of,
    tell_event,
    tell_triggers,
)
from ventanilla.core.drawing.wording import Wording

NOBODY = ""
"""The lane of what happens by itself in a track where nobody does anything."""

KINDS = {
    StepKind.TASK: NodeKind.TASK,
    StepKind.APPROVE: NodeKind.SIGN,
    StepKind.SEND: NodeKind.SEND,
    StepKind.DECIDE: NodeKind.DECIDE,
    StepKind.SCORE: NodeKind.SCORE,
    StepKind.RECORD: NodeKind.RECORD,
    StepKind.CHECK: NodeKind.CHECK,
    StepKind.OPEN: NodeKind.OPEN,
    StepKind.JUNCTION: NodeKind.JUNCTION,
}


_DAYS = frozenset({WaitFor.DATE, WaitFor.APPOINTMENT})


def flow_of(procedure: Procedure, wording: Wording) -> Flow:
    """The whole flow of a procedure; its conditions as their author wrote them, and in words."""
    tracks = sorted(procedure.tracks.values(), key=lambda track: track.name != MAIN_TRACK)
    pools = tuple(_Drawing(procedure, track, wording).pool() for track in tracks)
    lanes = {node.lane for pool in pools for node in pool.nodes.values()}
    roles = (role.title for code, role in procedure.roles.items() if code in lanes)
    return Flow(
        code=procedure.code,
        title=procedure.title,
        version=procedure.version,
        summary=wording.summary.format(
            title=procedure.title,
            steps=len(procedure.steps),
            tracks=len(pools) - 1,
            roles=", ".join(roles),
        ),
        pools=pools,
        limits=limits_of(procedure, wording),
    )


class _Drawing:
    """The graph of one track while it grows."""

    def __init__(self, procedure: Procedure, track: Track, wording: Wording) -> None:
        self._procedure = procedure
        self._track = track
        self._wording = wording
        self._nodes: dict[str, Node] = {}
        self._edges: list[Edge] = []
        self._timers: dict[str, Timer] = {}
        self._steps = [step for step in procedure.steps.values() if step.track == track.name]
        self._lanes = _lanes(self._steps, track.first)
        self._gate = _id("Gate", track.name)

    def pool(self) -> Pool:
        self._open()
        for step in self._steps:
            self._add_step(step)
        return Pool(
            id=f"Track_{safe(self._track.name)}",
            track=self._track.name,
            title=self._title(),
            lanes=self._used_lanes(),
            nodes=self._nodes,
            edges=tuple(self._edges),
            timers=self._timers,
        )

    def _title(self) -> str:
        if self._track.name == MAIN_TRACK:
            return self._procedure.title
        return self._wording.alongside.format(title=self._track.title)

    def _used_lanes(self) -> tuple[Lane, ...]:
        used = dict.fromkeys(node.lane for node in self._nodes.values())
        roles = self._procedure.roles
        return tuple(
            Lane(
                id=f"Lane_{safe(self._track.name)}.{safe(name)}",
                title=roles[name].title if name in roles else self._wording.automatic,
            )
            for name in used
        )

    # --- the ways in -----------------------------------------------------------------------------

    def _open(self) -> None:
        """The start, and beside it whatever brings a case into the middle of the track."""
        first = self._procedure.steps[self._track.first]
        start = self._add("Start", self._track.name, NodeKind.START, self._beginning(), first.name)
        jumps = list(self._jumps())
        ends = list(self._ends_aside())
        if not jumps and not ends:
            self._link(start, self._into(first))
            return
        gate = self._add("Gate", self._track.name, NodeKind.GATE, self._wording.entry, first.name)
        self._link(start, gate)
        self._link(gate, self._into(first), otherwise=True)
        for number, (title, target) in enumerate(jumps, start=1):
            name = f"{self._track.name}.{number}"
            jump = self._add("Jump", name, NodeKind.JUMP, title, target)
            self._link(gate, jump, label=title, kind=EdgeKind.ENTRY)
            self._link(jump, self._into(self._procedure.steps[target]))
        for title, result in ends:
            jump = self._add(
                "Jump", f"{self._track.name}.{result}", NodeKind.JUMP, title, first.name
            )
            self._link(gate, jump, label=title, kind=EdgeKind.ENTRY)
            self._link(jump, self._target(first, Branch(end=result)))

    def _beginning(self) -> str:
        if self._track.name == MAIN_TRACK:
            return self._procedure.document.starts or self._wording.opened
        return tell_triggers(self._procedure, self._track.starts, self._wording)

    def _jumps(self) -> Iterator[tuple[str, str]]:
        procedure, wording = self._procedure, self._wording
        mine = {step.name for step in self._steps}
        for action in procedure.actions.values():
            if action.go in mine:
                yield wording.action.format(title=action.title), action.go
        for rule in procedure.rules:
            if rule.do.go in mine:
                told = tell_event(procedure, rule.on.on, wording)
                if rule.on.condition is not None:
                    condition = conditions.told(procedure, rule.on.condition, wording)
                    told = wording.provided.format(event=told, condition=condition)
                yield told, rule.do.go
        if procedure.reopen in mine:
            yield wording.reopened, procedure.reopen

    def _ends_aside(self) -> Iterator[tuple[str, str]]:
        """The actions that end the main track, and with which result."""
        if self._track.name != MAIN_TRACK:
            return
        for action in self._procedure.actions.values():
            if action.end is not None:
                yield self._wording.action.format(title=action.title), action.end

    # --- a step ----------------------------------------------------------------------------------

    def _add_step(self, step: Step) -> None:
        """The step's own node, the choice after it, the choice to skip it, and its clocks."""
        if _is_choice(step):
            self._branch(self._add("Split", step.name, NodeKind.SPLIT, step.title, step.name), step)
            return
        node = self._add("Step", step.name, _kind(step), step.title, step.name, full=True)
        last = self._add_signers(node, step, step.approve) if step.approve is not None else node
        leaving = last
        if len(step.next) > 1:
            leaving = self._add("Split", step.name, NodeKind.SPLIT, "", step.name)
            self._link(last, leaving, otherwise=last != node)
        self._branch(leaving, step)
        if step.skip_if is not None:
            skip = self._add("Skip", step.name, NodeKind.SPLIT, "", step.name)
            single = len(step.next) == 1
            beyond = self._target(step, step.next[0]) if single else leaving
            self._link(skip, beyond, condition=step.skip_if.source, label=self._told(step.skip_if))
            self._link(skip, node, otherwise=True)
        if step.wait is not None:
            self._add_clocks(node, step, step.wait)

    def _add_signers(self, first: str, step: Step, approve: Approve) -> str:
        """Those who sign after the first, and after each the way back; where signing ends."""
        signing, verdict = first, ""
        back = self._into(self._procedure.steps[approve.back])
        for number, who in enumerate(approve.signers, start=1):
            name = f"{step.name}.{number}"
            if number > 1:
                signing = self._add("Step", name, NodeKind.SIGN, step.title, step.name)
                self._nodes[signing] = replace(self._nodes[signing], lane=who.role)
                self._link(verdict, signing, otherwise=True)
            verdict = self._add("Verdict", name, NodeKind.SPLIT, "", step.name)
            self._nodes[verdict] = replace(self._nodes[verdict], lane=who.role)
            self._link(signing, verdict)
            self._link(
                verdict,
                back,
                condition=f'{approve.verdict} == "{RETURNED}"',
                label=self._wording.sent_back,
            )
        return verdict

    def _branch(self, source: str, step: Step) -> None:
        for branch in step.next:
            condition = branch.condition.source if branch.condition is not None else ""
            self._link(
                source,
                self._target(step, branch),
                condition=condition,
                label=self._told(branch.condition),
                otherwise=not condition and (len(step.next) > 1 or source.startswith("Verdict")),
            )

    def _told(self, condition: Expression | None) -> str:
        if condition is None:
            return ""
        return conditions.told(self._procedure, condition, self._wording)

    def _target(self, step: Step, branch: Branch) -> str:
        if branch.go is not None:
            return self._into(self._procedure.steps[branch.go])
        result = branch.end or ""
        name = f"{step.name}.{result}"
        if _id("End", name) not in self._nodes:
            self._add("End", name, NodeKind.END, result.replace("_", " "), step.name, result=result)
        return _id("End", name)

    def _into(self, step: Step) -> str:
        """Where an edge to a step arrives."""
        if _is_choice(step):
            return _id("Split", step.name)
        return _id("Skip" if step.skip_if is not None else "Step", step.name)

    def _add_clocks(self, node: str, step: Step, wait: Wait) -> None:
        if wait.remind is not None:
            remind = wait.remind
            title = self._wording.remind.format(
                span=self._wording.span(remind.after), times=remind.times
            )
            timer = Timer(
                id=_id("Remind", step.name),
                host=node,
                kind=TimerKind.REMIND,
                title=title,
                period=iso_period(remind.after),
                times=remind.times,
            )
            self._timers[timer.id] = timer
            message = self._procedure.messages[remind.send.message]
            told = self._wording.reminder.format(title=message.title)
            reminder = self._add("Reminder", step.name, NodeKind.REMINDER, told, step.name)
            self._link(timer.id, reminder, label=title)
        if wait.give_up is not None:
            title = self._wording.give_up.format(span=self._wording.span(wait.give_up.after))
            timer = Timer(
                id=_id("GiveUp", step.name),
                host=node,
                kind=TimerKind.GIVE_UP,
                title=title,
                period=iso_period(wait.give_up.after),
            )
            self._timers[timer.id] = timer
            self._link(timer.id, self._target(step, wait.give_up.branch), label=title)

    # --- parts -----------------------------------------------------------------------------------

    def _add(
        self,
        prefix: str,
        name: str,
        kind: NodeKind,
        title: str,
        step: str,
        *,
        result: str = "",
        full: bool = False,
    ) -> str:
        """Add a node to the lane of its step; a step's own node carries all there is to tell."""
        made = _id(prefix, name)
        whole = self._procedure.steps[step]
        self._nodes[made] = Node(
            id=made,
            kind=kind,
            title=title,
            lane=self._lanes[step],
            step=step,
            result=result,
            table=whole.decide or "" if full else "",
            note=self._note(whole) if full else "",
            marks=marks_of(self._procedure, whole, self._wording) if full else (),
        )
        return made

    def _note(self, step: Step) -> str:
        if step.send is not None:
            return self._procedure.messages[step.send.message].title
        if step.decide is not None:
            return self._procedure.tables[step.decide].title
        return ""

    def _link(
        self,
        source: str,
        target: str,
        *,
        condition: str = "",
        otherwise: bool = False,
        label: str = "",
        kind: EdgeKind = EdgeKind.FLOW,
    ) -> None:
        otherwise_told = self._wording.otherwise if source != self._gate else ""
        told = label or condition or (otherwise_told if otherwise else "")
        self._edges.append(
            Edge(
                id=f"Flow_{safe(self._track.name)}_{len(self._edges) + 1}",
                source=source,
                target=target,
                condition=condition,
                otherwise=otherwise,
                label=told,
                kind=kind,
            )
        )


def _kind(step: Step) -> NodeKind:
    if step.wait is not None and step.open is None:
        return NodeKind.WAIT_UNTIL if step.wait.until in _DAYS else NodeKind.WAIT
    return KINDS[step.kind]


def _is_choice(step: Step) -> bool:
    return step.kind is StepKind.JUNCTION and len(step.next) > 1


def _lanes(steps: Iterable[Step], first: str) -> dict[str, str]:
    """The role in whose lane each step stands; what happens by itself stays with who came before.

    A step that nobody precedes goes with whoever comes after it.
    """
    known = {step.name: step for step in steps}
    after = {name: _following(step) for name, step in known.items()}
    lanes = {name: _role(step) for name, step in known.items() if _role(step)}
    order = [first, *(name for name in known if name != first)]
    for spread in (_forward, _backward):
        changed = True
        while changed:
            changed = False
            for name in order:
                for one, other in spread(name, after[name]):
                    if one in lanes and other in known and other not in lanes:
                        lanes[other] = lanes[one]
                        changed = True
    return {name: lanes.get(name, lanes.get(first, NOBODY)) for name in known}


def _role(step: Step) -> str:
    if step.approve is not None:
        return step.approve.signers[0].role
    return step.who.role if step.who is not None else ""


def _forward(name: str, after: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from ((name, one) for one in after)


def _backward(name: str, after: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from ((one, name) for one in after)


def _following(step: Step) -> tuple[str, ...]:
    branches = list(step.next)
    if step.wait is not None and step.wait.give_up is not None:
        branches.append(step.wait.give_up.branch)
    return tuple(branch.go for branch in branches if branch.go is not None)


def _id(prefix: str, name: str) -> str:
    return f"{prefix}_{safe(name)}"


def safe(name: str) -> str:
    """The name with nothing in it that an identifier in XML could not hold."""
    return re.sub(r"[^A-Za-z0-9_.]", lambda found: f"-{ord(found[0]):x}", name)
