"""Walks through a procedure and through its BPMN, with the same luck at every choice."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from tests.core.drawing.luck import Luck, lucky
from ventanilla.core.definition.model import RETURNED, Branch, Procedure, Step, StepKind
from ventanilla.core.drawing.names import BPMN

LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The steps come through, and the result; none when the walk was still going on."""

    steps: tuple[str, ...]
    result: str | None


def walk_model(procedure: Procedure, first: str, luck: Luck) -> Walk:
    """By the rules of the language."""
    came: list[str] = []
    step = procedure.steps[first]
    for _ in range(10 * LONGEST):
        if len(came) > LONGEST:
            break
        branch = _leave(step, came, luck)
        if branch.go is None:
            return Walk(steps=tuple(came), result=branch.end)
        step = procedure.steps[branch.go]
    return Walk(steps=tuple(came[:LONGEST]), result=None)


def _leave(step: Step, came: list[str], luck: Luck) -> Branch:
    skipped = step.skip_if is not None and luck(step.skip_if.source, len(came))
    if not skipped and step.approve is not None:
        for _ in step.approve.signers:
            came.append(step.title)
            if luck(f'{step.approve.verdict} == "{RETURNED}"', len(came)):
                return Branch(go=step.approve.back)
    elif not skipped and not (step.kind is StepKind.JUNCTION and len(step.next) > 1):
        came.append(step.title)
    give_up = None if skipped or step.wait is None else step.wait.give_up
    if give_up is not None and luck("gives up", len(came)):
        return give_up.branch
    return next(
        branch
        for branch in step.next
        if branch.condition is None or luck(branch.condition.source, len(came))
    )


class Process:
    """A process as a reader of BPMN sees it."""

    def __init__(self, document: str, name: str) -> None:
        root = ET.fromstring(document)
        process = root.find(f"{BPMN}process[@id='{name}']")
        assert process is not None
        self.elements = {
            element.get("id", ""): element
            for element in process
            if element.tag not in {f"{BPMN}laneSet", f"{BPMN}sequenceFlow"}
        }
        self.flows = {flow.get("id", ""): flow for flow in process.iter(f"{BPMN}sequenceFlow")}

    def kind(self, name: str) -> str:
        return self.elements[name].tag.removeprefix(BPMN)

    def of_kind(self, kind: str) -> list[str]:
        return [name for name in self.elements if self.kind(name) == kind]

    def after(self, name: str) -> list[str]:
        return [flow.text or "" for flow in self.elements[name].iter(f"{BPMN}outgoing")]

    def before(self, name: str) -> list[str]:
        return [flow.text or "" for flow in self.elements[name].iter(f"{BPMN}incoming")]

    def clocks(self, host: str, *, ends: bool) -> list[str]:
        return [
            name
            for name in self.of_kind("boundaryEvent")
            if self.elements[name].get("attachedToRef") == host
            and (self.elements[name].get("cancelActivity") == "true") is ends
        ]

    def reached(self) -> set[str]:
        """All to which the start leads, clocks at borders included."""
        found: set[str] = set()
        waiting = self.of_kind("startEvent")
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [self.flows[flow].get("targetRef", "") for flow in self.after(name)]
                waiting += [*self.clocks(name, ends=True), *self.clocks(name, ends=False)]
        return found

    def walk(self, luck: Luck, entry: str = "") -> Walk:
        """By the rules of BPMN: gateways try their ways in order and have a default."""
        came: list[str] = []
        (name,) = self.of_kind("startEvent")
        for _ in range(40 * LONGEST):
            if len(came) > LONGEST:
                break
            kind = self.kind(name)
            if kind == "endEvent":
                result = self.elements[name].get("name", "").replace(" ", "_")
                return Walk(steps=tuple(came), result=result)
            if kind.lower().endswith("task"):
                came.append(self.elements[name].get("name", ""))
            name = self._next(name, luck, len(came), entry)
        return Walk(steps=tuple(came[:LONGEST]), result=None)

    def _next(self, name: str, luck: Luck, moment: int, entry: str) -> str:
        clocks = self.clocks(name, ends=True)
        if clocks and luck("gives up", moment):
            name = clocks[0]
        flows = self.after(name)
        if self.kind(name) != "exclusiveGateway":
            (flow,) = flows
            return self.flows[flow].get("targetRef", "")
        tried: list[str] = []
        for flow in flows:
            asked = self.flows[flow].findtext(f"{BPMN}conditionExpression")
            held = asked is not None and (
                asked == f'entry == "{entry}"'
                if asked.startswith("entry ==")
                else lucky(luck, asked, moment, _with_own(asked, tried))
            )
            if held:
                return self.flows[flow].get("targetRef", "")
        default = self.elements[name].get("default", "")
        return self.flows[default].get("targetRef", "")


def _with_own(asked: str, tried: list[str]) -> list[str]:
    """The conditions of the ways before, and this way's own: what stands after those excluded."""
    own = asked
    for one in tried:
        own = own.removeprefix(f"not ({one}) and ")
    tried.append(own[1:-1] if tried else own)
    return tried
