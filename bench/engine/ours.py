"""Our side of the engine benchmark: the decider alone, and with state written and read as JSON."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path

from bench.contestant import serve
from bench.engine.sale import BY_HAND, RESULT, STEPS
from ventanilla.core.definition.expressions import GeoPoint, Identity, Value
from ventanilla.core.definition.model import Procedure
from ventanilla.core.drawing.bpmn import bpmn_of
from ventanilla.core.drawing.flow import flow_of
from ventanilla.core.drawing.layout import layout_of
from ventanilla.core.engine.commands import (
    Accepted,
    Command,
    Complete,
    Open,
    Performer,
    PerformerKind,
    Receive,
)
from ventanilla.core.engine.decide import decide
from ventanilla.core.engine.sealing import canonical
from ventanilla.core.engine.state import NEW, Sender, State
from ventanilla.core.engine.state_codec import read_state, write_state
from ventanilla.packs.drawing_words import SPANISH
from ventanilla.packs.reader import compile_pack, read_pack

PACK = Path(__file__).with_name("pack")
START = datetime(2026, 3, 16, 14, 0, tzinfo=UTC)
"""Monday 16 March 2026, ten in the morning in Cochabamba."""
AGENT = Performer(
    kind=PerformerKind.PERSON, id="agente", name="Alma Ríos", roles=frozenset({("agente", None)})
)
PARTY = Performer(kind=PerformerKind.PARTY, id="party")
CALLER = Sender(name="Rosa Quispe", phone="+591 70000000")

Told = tuple[Command, datetime, Performer]
Keep = Callable[[State], State]


def procedure(code: str = "BENCH-VD") -> Procedure:
    """A procedure of the bench pack: the sale."""
    pack = compile_pack(read_pack(PACK)).pack
    assert pack is not None
    return pack.procedures[code]


def opening() -> Open:
    """The call that opens a case."""
    return Open(
        number="2026-00001",
        channel="phone",
        office="llamadas",
        happened_at=START,
        subject="Venta",
        sender=CALLER,
    )


def commands() -> tuple[Told, ...]:
    """A whole sale: what is commanded, when and by whom. Three hours pass between two steps."""
    return ((opening(), START, AGENT), *_steps())


def _steps() -> Iterator[Told]:
    for (step, values), hours in zip(BY_HAND, count(3, 3), strict=False):
        at = START + timedelta(hours=hours)
        if step == "recibir_requisitos":
            files = tuple(values["requisitos"])
            yield Receive(message="m1", happened_at=at, files=files), at, PARTY
        else:
            given = {name: _typed(name, value) for name, value in values.items()}
            checked = ("1",) if step == "imprimir" else ()
            task = Complete(
                task=f"{step}#1", happened_at=at, values=given, checked=checked, new_party="p1"
            )
            yield task, at, AGENT


def _typed(name: str, value: object) -> Value:
    match name:
        case "ci":
            return Identity(kind="bo.ci", number=str(value))
        case "ejecutada":
            return date.fromisoformat(str(value))
        case "ubicacion":
            assert isinstance(value, list)
            latitude, longitude = (Decimal(str(one)) for one in value)
            return GeoPoint(latitude=latitude, longitude=longitude)
        case _:
            assert isinstance(value, str | bool | int)
            return value


def walk(sale: Procedure, told: tuple[Told, ...], keep: Keep) -> State:
    """What a sale comes to; its state is kept as ``keep`` does it between two commands."""
    state = NEW
    for command, now, by in told:
        state = accepted(sale, keep(state), command, now, by).state
    return state


def accepted(
    procedure: Procedure, state: State, command: Command, now: datetime, by: Performer = AGENT
) -> Accepted:
    decision = decide(procedure, state, command, now=now, by=by)
    assert isinstance(decision, Accepted), decision
    return decision


def as_it_is(state: State) -> State:
    return state


def through_json(sale: Procedure, state: State) -> State:
    """The state after it was written as JSON text and read again."""
    return read_state(sale, json.loads(stored(sale, state)))


def stored(sale: Procedure, state: State) -> str:
    """The state as an installation keeps it."""
    return canonical(write_state(sale, state)).decode()


def main(verb: str) -> None:
    """`prepare` writes the flow as BPMN for the peer; `serve` obeys the runner."""
    sale = procedure()
    if verb == "prepare":
        Path(os.environ["BENCH_BPMN"]).write_text(
            bpmn_of(layout_of(flow_of(sale, SPANISH))), encoding="utf-8"
        )
        return
    told = commands()

    def run(keep: Keep, times: int) -> None:
        for _ in range(times // STEPS):
            assert walk(sale, told, keep).result == RESULT

    operations: Mapping[str, Callable[[int], None]] = {
        "step": partial(run, as_it_is),
        "saved step": partial(run, partial(through_json, sale)),
    }
    serve(operations)


if __name__ == "__main__":
    main(sys.argv[1])
