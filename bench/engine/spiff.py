"""The peer, SpiffWorkflow, in its own environment: the same sale, from the BPMN that we export."""

import os
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, full_tag
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import ManualTask
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.contestant import serve
from bench.engine.sale import BY_HAND, LAST, RESULT, STEPS

PROCESS = "Process_main"
END = f"End_{LAST}.{RESULT}"
_PERIOD = re.compile(r">(R\d+/)?(P[0-9A-Z]+)<")

Keep = Callable[[BpmnWorkflow], BpmnWorkflow]


class Parser(BpmnParser):
    """Takes BPMN as it is; what waits for a message is completed by whoever brings it."""

    OVERRIDE_PARSER_CLASSES: Mapping[str, tuple[type, type]] = {
        full_tag("receiveTask"): (TaskParser, ManualTask)
    }


def flow(document: str) -> BpmnProcessSpec:
    """The process; periods become the quoted texts that this engine wants."""
    parser = Parser()
    parser.add_bpmn_str(_PERIOD.sub(r">'\1\2'<", document).encode())
    return parser.get_spec(PROCESS)


def walk(spec: BpmnProcessSpec, keep: Keep) -> BpmnWorkflow:
    """A whole sale: every task by hand in turn, the rest by the engine."""
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    for step, values in BY_HAND:
        workflow = keep(workflow)
        (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
        assert task.task_spec.bpmn_id == f"Step_{step}", task.task_spec.bpmn_id
        task.data.update(values)
        task.run()
        workflow.do_engine_steps()
    assert workflow.completed
    assert workflow.get_tasks(spec_name=END, state=TaskState.COMPLETED)
    return workflow


def main() -> None:
    spec = flow(Path(os.environ["BENCH_BPMN"]).read_text(encoding="utf-8"))
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())

    def through_json(workflow: BpmnWorkflow) -> BpmnWorkflow:
        return serializer.deserialize_json(serializer.serialize_json(workflow))

    def run(keep: Keep, times: int) -> None:
        for _ in range(times // STEPS):
            walk(spec, keep)

    serve({"step": partial(run, lambda one: one), "saved step": partial(run, through_json)})


if __name__ == "__main__":
    main()
