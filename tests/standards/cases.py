"""Random cases of random procedures, as our engine leads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.core.engine.builders import PARTY, Case
from tests.core.engine.random_procedures import CLASSES, FLAGS, runnable
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import RETURNED, SIGNED, Step
from ventanilla.core.drawing.bpmn import bpmn_of
from ventanilla.core.drawing.flow import flow_of
from ventanilla.core.drawing.layout import layout_of
from ventanilla.core.engine.commands import Performer, PerformerKind, Receive
from ventanilla.core.engine.state import Status, next_wake
from ventanilla.packs.drawing_words import SPANISH

WALKS = 150
LONGEST = 25
"""Moves after which a case is let alone, wherever it stands."""


BOTH = Performer(
    kind=PerformerKind.PERSON, id="bea", roles=frozenset({("agente", None), ("jefe", None)})
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where the case stands, what is answered there, and the clock that goes off instead."""

    at: str
    data: Mapping[str, Any]
    clock: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A case from its opening on. ``ends`` is empty when it was let alone before its end."""

    bpmn: str
    data: Mapping[str, Any]
    moves: tuple[Move, ...]
    ends: list[str]


def followed(seed: int) -> Followed:
    """A random case of a random procedure."""
    rng = Random(seed)
    made = runnable(rng)
    case = Case(made)
    case.open()
    moves: list[Move] = []
    while case.state.status is Status.OPEN and len(moves) < LONGEST:
        moves.append(_move(case, rng))
    result = case.state.result.replace("_", " ")
    return Followed(
        bpmn=bpmn_of(layout_of(flow_of(made, SPANISH))),
        data=dict.fromkeys(made.fields),
        moves=tuple(moves),
        ends=[result] if case.state.status is Status.CLOSED else [],
    )


def _move(case: Case, rng: Random) -> Move:
    (name,) = case.at()
    step = case.procedure.steps[name]
    if step.wait is not None:
        return _await(case, step, rng)
    values: dict[str, Any] = {ask.field: _answer(ask.field, rng) for ask in step.ask}
    at = f"Step_{name}"
    if step.approve is not None:
        signed = len(case.state.signed.get(name, ()))
        at = f"{at}.{signed + 1}" if signed else at
        values[step.approve.verdict] = rng.choice([SIGNED, SIGNED, RETURNED])
        values[step.approve.reason] = "No está completo"
    case.accept(case.completing(name, **values), BOTH)
    return Move(at=at, data=values)


def _await(case: Case, step: Step, rng: Random) -> Move:
    if rng.random() < 0.4:
        case.now = next_wake(case.state) or case.now
        case.wait()
        return Move(at=f"Step_{step.name}", data={}, clock=f"GiveUp_{step.name}")
    case.accept(Receive(message="m", happened_at=case.now), PARTY)
    return Move(at=f"Step_{step.name}", data={})


def _answer(field: str, rng: Random) -> Value:
    if field in FLAGS:
        return rng.random() < 0.4
    return rng.choice(CLASSES) if field == "clase" else rng.randint(0, 5)
