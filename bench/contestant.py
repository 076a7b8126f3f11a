"""The side of a benchmark that runs in a process of its own and obeys the runner.

Only the standard library, because it also runs in the environments of peers.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import TextIO

Operation = Callable[[int], None]


def serve(
    operations: Mapping[str, Operation], orders: TextIO = sys.stdin, answers: TextIO = sys.stdout
) -> None:
    """Run each ordered operation that many times and answer with wall and processor seconds.

    Anything else that the process prints goes to standard error, so that answers stay readable.
    """
    sys.stdout = sys.stderr
    _answer(answers, {"ready": sorted(operations)})
    for line in orders:
        order = json.loads(line)
        operation = operations[order["operation"]]
        started, processor = time.perf_counter(), time.process_time()
        operation(order["times"])
        seconds, cpu = time.perf_counter() - started, time.process_time() - processor
        _answer(answers, {"seconds": seconds, "cpu": cpu})


def _answer(answers: TextIO, answer: Mapping[str, object]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
