"""What follows from a command in the same transaction: answers at hand, cases opened, parents told.

Locks are taken from a case towards the one that opened it, never the other way: a case that is
opened is new, and nobody else can have it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

from ventanilla.cases import store
from ventanilla.cases.models import Case
from ventanilla.cases.numbering import new_case
from ventanilla.cases.outcomes import Moved, NotMoved, Outcome
from ventanilla.cases.states import load_state
from ventanilla.cases.transaction import Position, begin, move, moved
from ventanilla.catalog.published import in_force, published
from ventanilla.core.definition.values import decode
from ventanilla.core.engine.answering import Answerer, replies
from ventanilla.core.engine.commands import CloseOther, Command, Open, RefusalCode, Refused
from ventanilla.core.engine.facts import Asked, Cancelled, CaseOwed, Closed, Fact
from ventanilla.core.engine.state import State
from ventanilla.identity.actor import Actor, system_actor
from ventanilla.packs.answers import local_answer

_ANSWERER: ContextVar[Answerer] = ContextVar("answerer", default=local_answer)


class ChildRefused(Exception):
    """A case of another procedure could not be opened, so that nothing of the command stands."""

    def __init__(self, refusal: Refused) -> None:
        self.refusal = refusal
        super().__init__(str(refusal.code))


@contextmanager
def answered_by(answerer: Answerer) -> Iterator[None]:
    """Within, it is this one that answers in place of systems outside."""
    token = _ANSWERER.set(answerer)
    try:
        yield
    finally:
        _ANSWERER.reset(token)


def followed(actor: Actor, now: datetime, outcome: Outcome) -> Outcome:
    """Do what follows from a command, in the caller's transaction; raises ChildRefused."""
    if isinstance(outcome, NotMoved) or not any(map(_leads_on, outcome.facts)):
        return outcome
    system = system_actor(actor.organization_id, "sistemas")
    told, fresh = outcome.facts, outcome.facts
    while fresh:
        after = [new for fact in fresh for new in _follow(system, now, outcome.reference, fact)]
        told, fresh = (*told, *after), tuple(after)
    state = _case(actor.organization_id, outcome.reference)
    return moved(outcome.reference, state, told)


def _leads_on(fact: Fact) -> bool:
    return isinstance(fact, Asked | CaseOwed | Closed | Cancelled)


def _follow(actor: Actor, now: datetime, case: UUID, fact: Fact) -> tuple[Fact, ...]:
    """What else becomes true of the case."""
    match fact:
        case Asked():
            return _answer(actor, now, case, fact)
        case CaseOwed():
            _open_child(actor, now, case, fact)
        case Closed() | Cancelled():
            _tell_parent(actor, now, case)
        case _:
            pass
    return ()


def _answer(actor: Actor, now: datetime, case: UUID, asked: Asked) -> tuple[Fact, ...]:
    """Answer a question by what is at hand; the worker asks the others."""

    def make(at: Position) -> Command | Refused:
        found = next(replies(at.procedure, at.state, (asked,), _ANSWERER.get()), None)
        return found or Refused(code=RefusalCode.TASK_GONE)

    row = store.lock_case(actor.organization_id, case)
    outcome = move(actor, now, row, make, about=asked.connector) if row is not None else None
    return outcome.facts if isinstance(outcome, Moved) else ()


def _open_child(actor: Actor, now: datetime, case: UUID, owed: CaseOwed) -> None:
    parent_id = Case.objects.within(actor.organization_id).values_list("id", flat=True)
    state = _case(actor.organization_id, case)
    version = in_force(actor.organization_id, owed.procedure, now)
    fields = version.procedure.fields
    child = new_case(
        actor.organization_id,
        version,
        now,
        channel=state.channel,
        office=state.office,
        opened_at=now,
        parent=store.Parent(id=parent_id.get(reference=case), key=owed.key),
    )
    command = Open(
        number=child.number,
        channel=state.channel,
        office=state.office,
        happened_at=now,
        subject=state.subject,
        sender=state.sender,
        party=state.party,
        values={
            name: decode(fields[name], value)
            for name, value in owed.given.items()
            if name in fields
        },
        depth=state.depth + 1,
    )
    outcome = begin(actor, now, child, version, command)
    if isinstance(outcome, NotMoved):
        raise ChildRefused(outcome.refusal)
    followed(actor, now, outcome)


def _tell_parent(actor: Actor, now: datetime, case: UUID) -> None:
    """Tell the case that opened this one that it has closed."""
    rows = Case.objects.within(actor.organization_id).filter(reference=case, parent__isnull=False)
    above = rows.values_list("parent__reference", "parent_key").first()
    if above is None:
        return
    parent, key = above
    child = _case(actor.organization_id, case)

    def make(at: Position) -> Command | Refused:
        known = at.state.children.get(key)
        opening = at.procedure.openings.get(known.opening) if known is not None else None
        wanted = {source for _, source in opening.results} if opening is not None else set[str]()
        return CloseOther(
            key=key,
            number=child.number,
            result=child.result,
            values={name: child.fields.get(name) for name in wanted if name},
            happened_at=now,
        )

    row = store.lock_case(actor.organization_id, parent)
    if row is not None:
        followed(actor, now, move(actor, now, row, make, about=child.number))


def _case(organization_id: int, reference: UUID) -> State:
    row = Case.objects.within(organization_id).values_list("procedure_id", "state")
    procedure_id, state = row.get(reference=reference)
    return load_state(published(procedure_id).procedure, state)
