"""SpiffWorkflow in an environment of its own: schemas, and walks through BPMN. JSON a line."""

import io
import json
import os
import sys
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import SpiffWorkflow.bpmn.parser as bpmn_parser
import SpiffWorkflow.dmn.parser as dmn_parser
from lxml import etree
from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, full_tag
from SpiffWorkflow.bpmn.parser.event_parsers import BoundaryEventParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, ManualTask, NoneTask
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import SignalEventDefinition
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from tests.core.drawing.luck import luck_of, lucky

SCHEMAS = {
    "bpmn": Path(bpmn_parser.__file__).parent / "schema" / "BPMN20.xsd",
    "dmn": Path(dmn_parser.__file__).parent / "schema" / "DMN13.xsd",
}
BY_HAND = ("userTask", "receiveTask")
BY_ITSELF = ("task", "sendTask", "serviceTask", "businessRuleTask")


class Clock(BoundaryEventParser):
    """A clock at a border goes off when it is told to, not when time has passed."""

    def get_event_definition(self, xpaths: Iterable[str]) -> SignalEventDefinition:
        return SignalEventDefinition(self.bpmn_id)


class DoneAtOnce(NoneTask):
    """Work that nobody does by hand."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.manual = False


class Parser(BpmnParser):
    """Takes the document as it is; what is done by itself is done at once."""

    OVERRIDE_PARSER_CLASSES: Mapping[str, tuple[type, type]] = {
        full_tag("boundaryEvent"): (Clock, BoundaryEvent),
        **{full_tag(kind): (TaskParser, ManualTask) for kind in BY_HAND},
        **{full_tag(kind): (TaskParser, DoneAtOnce) for kind in BY_ITSELF},
    }


class StepByStep(Parser):
    """All work is done by whoever walks, one task after another."""

    OVERRIDE_PARSER_CLASSES: Mapping[str, tuple[type, type]] = {
        **Parser.OVERRIDE_PARSER_CLASSES,
        **{full_tag(kind): (TaskParser, ManualTask) for kind in BY_ITSELF},
    }


class Lucky(PythonScriptEngine):
    """Decides conditions by luck instead of by data."""

    def __init__(self, seed: int, conditions: Iterable[str], entry: str) -> None:
        super().__init__()
        self.luck = luck_of(seed)
        self.moment = 0
        self._conditions = conditions
        self._entry = entry

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> bool:
        if expression.startswith("entry =="):
            return expression == f'entry == "{self._entry}"'
        return lucky(self.luck, expression, self.moment, self._conditions)


def load(parser: BpmnParser, document: str, process: str) -> BpmnProcessSpec:
    parser.add_bpmn_io(io.BytesIO(document.encode()))
    return parser.get_spec(process)


def valid(order: Mapping[str, Any]) -> list[str]:
    """What is wrong with a document by its schema."""
    schema = etree.XMLSchema(etree.parse(SCHEMAS[order["schema"]]))
    schema.validate(etree.fromstring(order["document"].encode()))
    return [f"{error.line}: {error.message}" for error in schema.error_log]


def walk(order: Mapping[str, Any]) -> dict[str, Any]:
    """The tasks come through under each seed, and the end, by name; none when it goes on."""
    spec = load(StepByStep(), order["document"], order["process"])
    return {"walks": [_lucky_walk(spec, order, seed) for seed in order["seeds"]]}


def _lucky_walk(spec: BpmnProcessSpec, order: Mapping[str, Any], seed: int) -> list[Any]:
    engine = Lucky(seed, order["conditions"], order.get("entry", ""))
    workflow = BpmnWorkflow(spec, script_engine=engine)
    workflow.do_engine_steps()
    came: list[str] = []
    while not workflow.completed and len(came) <= order["longest"]:
        (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
        came.append(task.task_spec.bpmn_name)
        engine.moment = len(came)
        clock = f"GiveUp_{task.task_spec.bpmn_id.removeprefix('Step_')}"
        if clock in spec.task_specs and engine.luck("gives up", engine.moment):
            _go_off(workflow, clock)
        else:
            task.run()
        workflow.do_engine_steps()
    return [came, _ends(workflow)]


def follow(order: Mapping[str, Any]) -> dict[str, Any]:
    """Where a case stands before each move, and where it ends. A move sets data, then goes on."""
    spec = load(Parser(), order["document"], order["process"])
    workflow = BpmnWorkflow(spec)
    stands = []
    workflow.task_tree.data.update(order["data"])
    workflow.do_engine_steps()
    for move in order["moves"]:
        ready = workflow.get_tasks(state=TaskState.READY, manual=True)
        stands.append([task.task_spec.bpmn_id for task in ready])
        if len(ready) != 1:
            break
        ready[0].data.update(move["data"])
        if move["clock"]:
            _go_off(workflow, move["clock"])
        else:
            ready[0].run()
        workflow.do_engine_steps()
    return {"stands": stands, "ends": _ends(workflow)}


def _go_off(workflow: BpmnWorkflow, clock: str) -> None:
    workflow.catch(BpmnEvent(SignalEventDefinition(clock), {}))


def _ends(workflow: BpmnWorkflow) -> list[str]:
    if not workflow.completed:
        return []
    done = workflow.get_tasks(state=TaskState.COMPLETED)
    return [one.task_spec.bpmn_name for one in done if one.task_spec.name.startswith("End_")]


VERBS = {"valid": valid, "walk": walk, "follow": follow}


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        try:
            told: Any = VERBS[order["verb"]](order)
        except Exception:  # noqa: BLE001 - whatever it is, the test tells it
            told = {"error": traceback.format_exc(limit=-8)}
        sys.stdout.write(json.dumps(told) + os.linesep)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
