"""How a peer answers: with all its deadlines, or in turns against the clock."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from itertools import cycle, islice
from zoneinfo import ZoneInfo

from bench.contestant import serve
from bench.time_questions import ZONE, starts

Question = Callable[[datetime], datetime]


def answer(questions: Mapping[str, Question], verb: str) -> None:
    """Print the answers to every question, or serve the runner."""
    if verb == "answers":
        told = {
            operation: [_told(operation, ask(start)) for start in starts()]
            for operation, ask in questions.items()
        }
        json.dump(told, sys.stdout)
        return
    serve({operation: partial(_repeat, ask, starts()) for operation, ask in questions.items()})


def _told(operation: str, found: datetime) -> str:
    if operation == "30 days":
        return found.isoformat()[:10]
    return found.astimezone(ZoneInfo(ZONE)).isoformat(timespec="minutes")


def _repeat(ask: Question, asked: list[datetime], times: int) -> None:
    for start in islice(cycle(asked), times):
        ask(start)
