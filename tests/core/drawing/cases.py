"""Procedures to draw: those of the packs, a small one with every construct, and random ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from random import Random

from tests.architecture.sources import ROOT
from tests.core.engine.builders import procedure
from ventanilla.core.businesstime import Span, Unit
from ventanilla.core.definition.expressions import Env, Expression
from ventanilla.core.definition.expressions.types import BOOLEAN
from ventanilla.core.definition.model import (
    Branch,
    GiveUp,
    Procedure,
    Remind,
    Send,
    Step,
    StepKind,
    Track,
    Wait,
    WaitFor,
    Who,
)
from ventanilla.core.drawing.bpmn import bpmn_of
from ventanilla.core.drawing.flow import flow_of
from ventanilla.core.drawing.layout import Layout, layout_of
from ventanilla.packs.drawing_words import SPANISH
from ventanilla.packs.reader import compile_pack, read_pack

EVERYTHING = """
scope: {starts: alguien escribe, ends: se responde}
fields:
  urgente: {type: boolean, label: Urgente}
  nota: {type: text, label: Nota}
  plazo: {type: date, label: Plazo}
steps:
  anotar: {title: Anotar, who: agente, ask: [urgente, nota, plazo], within: 2 days}
  visar:
    title: Visar
    approve: {by: [jefe, agente], back: anotar}
    skip_if: urgente
  elegir:
    title: Elegir
    next:
      - {if: urgente, go: pedir}
      - {if: known(nota), go: reposar}
      - {go: cerrar}
  pedir: {title: Pedir, send: pedido, skip_if: known(nota)}
  esperar:
    title: Esperar
    wait: {for: message}
    remind: {every: 2 business days, times: 3, send: pedido}
    give_up: {after: 1 month, end: sin_respuesta}
    next: [{if: urgente, go: anotar}, {go: cerrar}]
  reposar: {title: Reposar, wait: {for: date, at: plazo}, next: cerrar}
  cerrar:
    title: Cerrar
    who: jefe
    do: [Cerrar]
    next: [{if: urgente, end: a_tiempo}, {end: a_tiempo}]
tracks:
  vigilar:
    title: Vigilar
    from: {on: late atender, if: urgente}
    steps: {mirar: {title: Mirar, who: jefe, do: [Mirar], end: mirado}}
actions:
  apurar: {title: Apurar, who: agente, go: cerrar}
rules: [{on: set nota, if: urgente, do: {go: elegir}}]
deadlines:
  atender: {title: Atender, from: opened, until: [sent pedido, done cerrar], within: 72 hours}
reopen: anotar
"""
RANDOM = 40
MESSAGES = {"pedido": "¿Nos cuenta más?"}


@cache
def everything() -> Procedure:
    """A procedure with every construct that a picture shows."""
    return procedure(EVERYTHING, MESSAGES)


@cache
def of_packs() -> Mapping[str, Procedure]:
    """Every procedure of the packs, by code."""
    found: dict[str, Procedure] = {}
    for folder in sorted((ROOT / "packs").glob("*/pack.yaml")):
        pack = compile_pack(read_pack(folder.parent)).pack
        assert pack is not None, folder
        found |= pack.procedures
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A procedure with its picture."""

    procedure: Procedure
    layout: Layout
    bpmn: str


@cache
def drawn(seed: int) -> Drawn:
    """A random procedure, laid out."""
    return _drawn(random_procedure(seed))


@cache
def sound() -> tuple[Drawn, ...]:
    """Those that an author could have written."""
    return tuple(_drawn(one) for one in (everything(), *of_packs().values()))


def all_kinds() -> Iterator[Drawn]:
    """Sound ones, and some in which anything leads anywhere."""
    yield from sound()
    yield from (drawn(seed) for seed in range(RANDOM))


def _drawn(procedure: Procedure) -> Drawn:
    layout = layout_of(flow_of(procedure, SPANISH))
    return Drawn(procedure=procedure, layout=layout, bpmn=bpmn_of(layout))


def random_procedure(seed: int) -> Procedure:
    """Steps of all kinds that lead anywhere, back and round in circles too."""
    rng = Random(seed)
    names = [f"s{number}" for number in range(rng.randint(1, 16))]
    steps = {name: _step(name, names, rng) for name in names}
    tracks = {"main": Track(name="main", title="main", first=names[0], starts=())}
    return replace(everything(), steps=steps, tracks=tracks, actions={}, rules=(), reopen=None)


def _step(name: str, names: list[str], rng: Random) -> Step:
    kind = rng.choice(
        [StepKind.TASK, StepKind.TASK, StepKind.SEND, StepKind.JUNCTION, StepKind.WAIT]
    )
    wait = None
    if kind is StepKind.WAIT:
        days = Span(amount=3, unit=Unit.DAY)
        leave = GiveUp(after=days, branch=_way(names, rng, None)) if rng.random() < 0.7 else None
        remind = Remind(after=days, times=2, send=Send(message="pedido"))
        wait = Wait(
            until=WaitFor.MESSAGE,
            give_up=leave,
            remind=remind if rng.random() < 0.5 else None,
        )
    return Step(
        name=name,
        title=f"{name} {'palabra ' * rng.randint(0, 7)}".strip(),
        track="main",
        kind=kind,
        who=Who(role=rng.choice(["agente", "jefe"])) if kind is StepKind.TASK else None,
        send=Send(message="pedido") if kind is StepKind.SEND else None,
        wait=wait,
        skip_if=condition(rng) if kind is StepKind.TASK and rng.random() < 0.2 else None,
        next=(
            *(_way(names, rng, condition(rng)) for _ in range(rng.choice([0, 0, 1, 2, 4]))),
            _way(names, rng, None),
        ),
    )


def _way(names: list[str], rng: Random, given: Expression | None) -> Branch:
    if rng.random() < 0.25:
        return Branch(condition=given, end=rng.choice(["bien", "mal", "sin_nada"]))
    return Branch(condition=given, go=rng.choice(names))


def condition(rng: Random) -> Expression:
    """One of some conditions, short and long."""
    words = [f"c{rng.randint(0, 9)}" for _ in range(rng.randint(1, 5))]
    found = Env(types={f"c{number}": BOOLEAN for number in range(10)}).compile(" and ".join(words))
    assert isinstance(found, Expression)
    return found
