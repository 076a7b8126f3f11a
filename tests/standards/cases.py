"""Random procedures that run, and random cases of them, as our engine leads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.core.engine.builders import PARTY, Case, procedure
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import RETURNED, SIGNED, Procedure, Step
from ventanilla.core.drawing.bpmn import bpmn_of
from ventanilla.core.drawing.flow import flow_of
from ventanilla.core.drawing.layout import layout_of
from ventanilla.core.engine.commands import Performer, PerformerKind, Receive
from ventanilla.core.engine.state import Status, next_wake
from ventanilla.packs.drawing_words import SPANISH

WALKS = 150
LONGEST = 25
"""Moves after which a case is let alone, wherever it stands."""
FLAGS = tuple(f"c{number}" for number in range(6))
CLASSES = ("a", "b", "c")
MESSAGES = {"pedido": "¿Nos cuenta más?"}


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


def runnable(rng: Random) -> Procedure:
    """Steps of all kinds. What happens by itself leads forward only: nothing runs for ever."""
    names = [f"s{number}" for number in range(rng.randint(2, 14))]
    lines = ["fields:"]
    lines += [f"  {flag}: {{type: boolean, label: {flag}}}" for flag in FLAGS]
    lines += ["  n: {type: integer, label: N}"]
    lines += ["  clase: {type: choice, label: Clase, options: {a: A, b: B, c: C}}"]
    lines += ["steps:", f"  primero: {{who: agente, ask: [{', '.join((*FLAGS, 'n', 'clase'))}]}}"]
    for number, name in enumerate(names):
        earlier, later = ["primero", *names[: number + 1]], names[number + 1 :]
        parts = _step(earlier, later, rng)
        if name == names[-1]:
            parts.append("end: hecho")
        lines.append(f"  {name}: {{{', '.join(parts)}}}")
    return procedure("\n".join(lines), MESSAGES)


def _step(earlier: list[str], later: list[str], rng: Random) -> list[str]:
    everywhere = [*earlier, *later]
    match rng.choice(["task", "task", "skipped", "send", "junction", "wait", "approve"]):
        case "task":
            asked = rng.sample([*FLAGS, "n", "clase"], rng.randint(0, 4))
            parts = [f"ask: [{', '.join(asked)}]"] if asked else []
            parts.append("who: {role: agente}")
            return [*parts, *_next(everywhere, rng)]
        case "skipped":
            parts = [
                "who: agente",
                f"ask: [{rng.choice(FLAGS)}]",
                f"skip_if: '{_conditions(1, rng)[0]}'",
            ]
            return [*parts, *_next(later, rng)]
        case "send":
            return ["send: pedido", *_next(later, rng)]
        case "junction":
            return _next(later, rng, least=1) if later else ["who: agente", "ask: [n]"]
        case "wait":
            way = f"go: {rng.choice(everywhere)}" if rng.random() < 0.6 else "end: abandonado"
            clocks = ["remind: {after: 45 days, send: pedido}"] if rng.random() < 0.5 else []
            parts = ["wait: {for: message}", f"give_up: {{after: 30 days, {way}}}"]
            return [*parts, *clocks, *_next(everywhere, rng)]
        case _:
            signers = rng.choice(["jefe", "[jefe, agente]", "[jefe, jefe, agente]"])
            parts = [f"approve: {{by: {signers}, back: {rng.choice(earlier)}}}"]
            return [*parts, *_next(everywhere, rng)]


def _next(targets: list[str], rng: Random, least: int = 0) -> list[str]:
    ways = []
    for condition in _conditions(max(least, rng.choice([0, 0, 1, 2, 3])), rng):
        end = not targets or rng.random() < 0.2
        way = f"end: {rng.choice(['bien', 'mal'])}" if end else f"go: {rng.choice(targets)}"
        ways.append(f"{{if: '{condition}', {way}}}")
    return [f"next: [{', '.join(ways)}]"] if ways else []


def _conditions(count: int, rng: Random) -> list[str]:
    """Conditions of data of their own each, so that none makes another one dead."""
    flags = rng.sample(FLAGS, 2 * count)
    found: list[str] = []
    for one, other in zip(flags[:count], flags[count:], strict=True):
        written = [one, f"not {one}", f"{one} and not {other}", f"{one} or {other}"]
        if not found:
            written += [
                f"n > {rng.randint(0, 4)}",
                f"{one} and n <= {rng.randint(1, 5)}",
                f'clase == "{rng.choice(CLASSES)}"',
                f'not (clase in ["a", "b"]) or {one}',
            ]
        found.append(rng.choice(written))
    return found
