"""What is known without the system itself: a connector's local sheet, and how a reply is told."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Answer as Given
from ventanilla.core.definition.model import Connector, Procedure
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import Answer, NoAnswer
from ventanilla.core.engine.outside import told
from ventanilla.core.engine.state import State, visit_key

UNCONNECTED = "unconnected"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer, who knew it, and as of which day."""

    values: Given
    source: str
    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """No answer, for a reason that is a stable word."""

    reason: str


Reply: TypeAlias = Found | Missing | None
"""None: the answer comes later."""

Answerer: TypeAlias = Callable[[Connector, Mapping[str, Value]], Reply]


def from_table(connector: Connector, given: Mapping[str, Value]) -> Reply:
    """What the local sheet of a connector says; without one nobody is connected."""
    table = connector.table
    if table is None:
        return Missing(reason=UNCONNECTED)
    row = table.rows.get(tuple(given.get(name) for name in table.match), table.none)
    if row is None:
        return Missing(reason=UNKNOWN)
    return Found(values=row, source="table", as_of=table.as_of.isoformat())


def replies(
    procedure: Procedure, state: State, facts: tuple[f.Fact, ...], answerer: Answerer
) -> Iterator[Answer | NoAnswer]:
    """What is known at once of the questions among the facts that are still open."""
    for fact in facts:
        if not isinstance(fact, f.Asked):
            continue
        active = state.active.get(visit_key(fact.step, fact.visit))
        if active is None or not active.asks:
            continue
        connector = procedure.connectors[fact.connector]
        reply = answerer(connector, told(connector, fact.given))
        if isinstance(reply, Found):
            yield Answer(
                task=active.key,
                values=reply.values,
                source=reply.source,
                as_of=reply.as_of,
                happened_at=active.entered_at,
            )
        elif reply is not None:
            yield NoAnswer(task=active.key, reason=reply.reason)
