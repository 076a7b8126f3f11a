"""One command on one case: decide, then write the entry, the case and its rows together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ventanilla.cases import registry, store
from ventanilla.cases.contacts import keep_files_of
from ventanilla.cases.deciding import decided
from ventanilla.cases.incoming import Arrival
from ventanilla.cases.journal import GENESIS, Entry, Header, make_entry
from ventanilla.cases.outcomes import Moved, NotMoved, Outcome
from ventanilla.cases.projection import Rows, project, soonest
from ventanilla.cases.states import load_state, store_state
from ventanilla.cases.versions import about_migration
from ventanilla.cases.writing import Writer, writing
from ventanilla.catalog.published import Published, published
from ventanilla.core.definition.model import Procedure
from ventanilla.core.engine.commands import (
    Command,
    Open,
    Performer,
    PerformerKind,
    Refused,
)
from ventanilla.core.engine.facts import Fact
from ventanilla.core.engine.migration import Migrate, migrate
from ventanilla.core.engine.state import NEW, PartyView, State, next_wake
from ventanilla.identity.actor import Actor, ActorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a command finds the case; ``party`` is set when the registry knows better by now."""

    organization_id: int
    procedure: Procedure
    state: State
    party: PartyView | None


CommandMaker = Callable[[Position], Command | Refused]


def move(
    actor: Actor,
    now: datetime,
    row: store.CaseRow,
    make: CommandMaker,
    about: str = "",
    arrival: Arrival | None = None,
) -> Outcome:
    """Carry out a command on a locked case, in the caller's transaction.

    ``arrival`` is the contact that brought the command; it is kept with what follows from it.
    """
    procedure = published(row.procedure_id).procedure
    state = load_state(procedure, row.state)
    position = Position(
        organization_id=row.organization_id,
        procedure=procedure,
        state=state,
        party=_fresh_party(procedure, row),
    )
    command = make(position)
    if isinstance(command, Refused):
        return NotMoved(refusal=command)
    decision = decided(
        row.organization_id, procedure, state, command, now=now, by=performer_of(actor)
    )
    if isinstance(decision, Refused):
        return NotMoved(refusal=decision)
    if decision.facts:
        step = Step(procedure, state, decision.state, command, decision.facts, about, arrival)
        _write(actor, now, row, step)
    return moved(row.reference, decision.state, decision.facts)


def begin(
    actor: Actor,
    now: datetime,
    case: store.NewCase,
    version: Published,
    command: Open,
    arrival: Arrival | None = None,
) -> Outcome:
    """Create a case by its first command, in the caller's transaction."""
    procedure = version.procedure
    decision = decided(
        case.organization_id, procedure, NEW, command, now=now, by=performer_of(actor)
    )
    if isinstance(decision, Refused):
        return NotMoved(refusal=decision)
    step = Step(procedure, NEW, decision.state, command, decision.facts, version.label, arrival)
    rows = project(procedure, NEW, decision.state, decision.facts)
    entry = _entry(actor, now, case.reference, 1, step, GENESIS)
    party = registry.write(actor, now, procedure, rows.parties, registry.Linked(), case.reference)
    case_id = store.insert_case(case, entry, _columns(step, party))
    place = _Place(case_id, party.row_id)
    with writing(case.organization_id, case_id) as writer:
        _write_rows(writer, actor, now, place, entry, rows, arrival)
    _keep_files(actor, now, place, arrival)
    return moved(case.reference, decision.state, decision.facts)


def go_over(actor: Actor, now: datetime, row: store.CaseRow, to: Published) -> Outcome:
    """Take a locked case to another version of its procedure, in the caller's transaction."""
    old = published(row.procedure_id)
    if old.id == to.id:
        return moved(row.reference, load_state(old.procedure, row.state), ())
    state = load_state(old.procedure, row.state)
    command = Migrate(label=to.label, happened_at=now)
    decision = migrate(old.procedure, to.procedure, state, command)
    if isinstance(decision, Refused):
        return NotMoved(refusal=decision)
    about = about_migration(old.id, to.id)
    step = Step(to.procedure, state, decision.state, command, decision.facts, about, None)
    store.set_version(row.id, to.id)
    _write(actor, now, row, step)
    return moved(row.reference, decision.state, decision.facts)


def moved(reference: UUID, after: State, facts: tuple[Fact, ...]) -> Moved:
    """Tell where a case stands after a command."""
    return Moved(
        reference=reference,
        number=after.number,
        status=str(after.status),
        result=after.result,
        tasks=tuple(after.active),
        facts=facts,
    )


def performer_of(actor: Actor) -> Performer:
    """The actor as the engine knows people: by sign-in address, with roles by office."""
    if actor.kind is not ActorKind.PERSON:
        return Performer(kind=PerformerKind(str(actor.kind)), id=actor.reference, name=actor.name)
    return Performer(
        kind=PerformerKind.PERSON,
        id=actor.email,
        name=actor.name,
        phone=actor.phone,
        email=actor.email,
        roles=actor.roles,
        stands_for=actor.stands_for,
    )


@dataclass(frozen=True, slots=True)
class Step:
    """A command that was accepted, with the state before and after it."""

    procedure: Procedure
    before: State
    after: State
    command: Command | Migrate
    facts: tuple[Fact, ...]
    about: str
    arrival: Arrival | None


@dataclass(frozen=True, slots=True)
class _Place:
    """The case that rows belong to, and its party."""

    case_id: int
    party_id: int | None


def _fresh_party(procedure: Procedure, row: store.CaseRow) -> PartyView | None:
    if row.party_id is None or row.party_now == row.party_version:
        return None
    return registry.view(row.organization_id, procedure, row.party_id)


def _write(actor: Actor, now: datetime, row: store.CaseRow, step: Step) -> None:
    rows = project(step.procedure, step.before, step.after, step.facts)
    entry = _entry(actor, now, row.reference, row.seq + 1, step, row.head)
    known = registry.Linked(row_id=row.party_id, version=row.party_version)
    party = registry.write(actor, now, step.procedure, rows.parties, known, row.reference)
    place = _Place(row.id, party.row_id)
    with writing(row.organization_id, row.id) as writer:
        writer.update_case(entry, _columns(step, party))
        _write_rows(writer, actor, now, place, entry, rows, step.arrival)
    _keep_files(actor, now, place, step.arrival)


def _write_rows(
    writer: Writer,
    actor: Actor,
    now: datetime,
    place: _Place,
    entry: Entry,
    rows: Rows,
    arrival: Arrival | None,
) -> None:
    writer.insert_entry(entry)
    writer.write_rows(rows, at=entry.happened_at, actor=actor.key)
    if arrival is not None:
        writer.insert_contact(place.party_id, arrival)
    for owed in rows.messages:
        writer.insert_message(place.party_id, owed, now)


def _keep_files(actor: Actor, now: datetime, place: _Place, arrival: Arrival | None) -> None:
    if arrival is not None and arrival.files:
        keep_files_of(actor=actor, arrival=arrival, case_id=place.case_id, now=now)


def _entry(actor: Actor, now: datetime, case: UUID, seq: int, step: Step, previous: str) -> Entry:
    header = Header(
        case=case,
        seq=seq,
        actor=actor.key,
        command=type(step.command).__name__.lower(),
        about=step.about,
        happened_at=getattr(step.command, "happened_at", now),
        recorded_at=now,
    )
    return make_entry(step.procedure, step.facts, header, previous)


def _columns(step: Step, party: registry.Linked) -> store.CaseColumns:
    after = step.after
    return store.CaseColumns(
        state=store_state(step.procedure, after),
        status=str(after.status),
        result=after.result,
        subject=after.subject[:300],
        contact=(after.sender.name or after.sender.email or after.sender.phone)[:320],
        closed_at=after.closed_at,
        due_at=soonest(step.procedure, after),
        wake_at=next_wake(after),
        party_id=party.row_id,
        party_version=party.version,
    )
