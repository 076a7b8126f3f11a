"""Who could take a task, and who takes it: the choice is made here and then stands in the facts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import assert_never

from ventanilla.core.definition.model import Pick, Procedure
from ventanilla.core.engine import facts as f

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody of the staff who is there. ``load`` is how many open tasks are theirs.

    ``given`` says, by role, when such a task last fell to them; ``served`` when they last did one
    for the case's party.
    """

    id: str
    roles: frozenset[tuple[str, str | None]]
    load: int = 0
    given: Mapping[str, datetime] = field(default_factory=dict)
    served: Mapping[str, datetime] = field(default_factory=dict)

    def holds(self, role: str, office: str) -> bool:
        return (role, office) in self.roles or (role, None) in self.roles


@dataclass(slots=True)
class Roster:
    """The people of the moment; remembers what it has given in this decision."""

    candidates: tuple[Candidate, ...]
    _now: Counter[str] = field(default_factory=Counter)

    def pick(
        self,
        how: Pick,
        role: str,
        office: str,
        lately: Iterable[str] = (),
        freed: Iterable[str] = (),
    ) -> str:
        """The login of whoever takes a task of the role at the office; empty for the queue.

        ``lately`` are those who did tasks of the role in this case, the latest last; ``freed``
        those of whom this decision has already taken a task, once for each.
        """
        people = [one for one in self.candidates if one.holds(role, office)]
        now = self._now.copy()
        now.subtract(freed)
        chosen = _chosen(how, role, people, now, tuple(lately))
        if chosen:
            self._now[chosen] += 1
        return chosen


def given_in(procedure: Procedure, facts: Iterable[f.Fact]) -> Iterator[tuple[str, str, datetime]]:
    """Whom the facts gave a task that was picked for them: login, role, and when."""
    for fact in facts:
        if isinstance(fact, f.StepEntered) and fact.assignee:
            who = procedure.steps[fact.step].who
            if who is not None and who.pick is not Pick.QUEUE:
                yield fact.assignee, who.role, fact.at


def _chosen(
    how: Pick, role: str, people: list[Candidate], now: Counter[str], lately: tuple[str, ...]
) -> str:
    def waited(one: Candidate) -> tuple[datetime, str]:
        return (one.given.get(role, _NEVER), one.id)

    match how:
        case Pick.QUEUE:
            return ""
        case Pick.LEAST_LOADED:
            return _first(people, lambda one: (one.load + now[one.id], *waited(one)))
        case Pick.ROUND_ROBIN:
            return _first(people, lambda one: (max(now[one.id], 0), *waited(one)))
        case Pick.LAST:
            return _last(role, people, lately)
        case _:
            assert_never(how)


def _first(people: list[Candidate], order: Callable[[Candidate], tuple[object, ...]]) -> str:
    return min(people, key=order).id if people else ""


def _last(role: str, people: list[Candidate], lately: tuple[str, ...]) -> str:
    """Whoever did it last in this case, else for this party; nobody who is not there."""
    there = {one.id for one in people}
    here = [login for login in lately if login in there]
    if here:
        return here[-1]
    served = [one for one in people if role in one.served]
    return max(served, key=lambda one: (one.served[role], one.id)).id if served else ""
