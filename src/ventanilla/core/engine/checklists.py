"""Lists of what must come and be accepted: which items count now, and what is still missing."""

from collections.abc import Iterator

from ventanilla.core.definition.expressions import Scope
from ventanilla.core.definition.model import Checklist, ListItem
from ventanilla.core.engine.state import State
from ventanilla.core.engine.timely_state import Mark

_HERE = frozenset({Mark.RECEIVED, Mark.ACCEPTED})
_JUDGED = frozenset({Mark.OBSERVED, Mark.ACCEPTED})


def items_now(checklist: Checklist, scope: Scope) -> tuple[ListItem, ...]:
    """The items that count as the case stands."""
    return tuple(
        item for item in checklist.items if item.condition is None or item.condition.holds(scope)
    )


def missing(checklist: Checklist, state: State, scope: Scope) -> tuple[str, ...]:
    """What must be accepted and is not yet."""
    return tuple(_without(frozenset({Mark.ACCEPTED}), checklist, state, scope))


def not_received(checklist: Checklist, state: State, scope: Scope) -> tuple[str, ...]:
    """What must come and has not, or has to come again because it was observed."""
    return tuple(_without(_HERE, checklist, state, scope))


def not_judged(checklist: Checklist, state: State, scope: Scope) -> tuple[str, ...]:
    """What nobody has accepted or observed."""
    return tuple(_without(_JUDGED, checklist, state, scope))


def observed(checklist: Checklist, state: State, scope: Scope) -> tuple[str, ...]:
    """What was observed, each with the observation."""
    marks = state.marks.get(checklist.name, {})
    return tuple(
        f"{item.text}: {marks[item.key].note}" if marks[item.key].note else item.text
        for item in items_now(checklist, scope)
        if item.key in marks and marks[item.key].mark is Mark.OBSERVED
    )


def _without(
    wanted: frozenset[Mark], checklist: Checklist, state: State, scope: Scope
) -> Iterator[str]:
    marks = state.marks.get(checklist.name, {})
    for item in items_now(checklist, scope):
        made = marks.get(item.key)
        if not item.optional and (made is None or made.mark not in wanted):
            yield item.text
