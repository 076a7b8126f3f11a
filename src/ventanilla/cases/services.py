"""What can be done with a case. One command, one transaction: read, decide, write everything.

Each service asks the engine and stores its answer; nothing else writes cases. `now` is aware.
Services raise CaseNotFound when the actor's organisation has no such case.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import structlog
from django.db import InterfaceError, OperationalError, transaction

from ventanilla.cases import registry, store
from ventanilla.cases.following import ChildRefused, followed
from ventanilla.cases.incoming import Arrival, Incoming, arrival_of
from ventanilla.cases.models import Interaction
from ventanilla.cases.numbering import new_case
from ventanilla.cases.outcomes import CaseNotFound, Moved, NotMoved, Outcome
from ventanilla.cases.selectors import times_done, who_completed
from ventanilla.cases.transaction import CommandMaker, Position, begin, move
from ventanilla.catalog.published import in_force
from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Ask
from ventanilla.core.engine.commands import (
    Act,
    Answer,
    Assign,
    Cancel,
    CloseOther,
    Command,
    Complete,
    Correct,
    Deliver,
    LinkParty,
    MarkItems,
    Meet,
    NoAnswer,
    Note,
    Open,
    OptOut,
    Receive,
    RefusalCode,
    Refused,
    Reopen,
    Tick,
    Wording,
)
from ventanilla.core.engine.facts import Delivery
from ventanilla.core.engine.state import PartyView, Sender
from ventanilla.core.engine.timely_state import Mark, Meeting
from ventanilla.identity.actor import Actor, system_actor
from ventanilla.parties.services import IdentifierTaken, PartyErased

_PUT_OFF: Final = timedelta(minutes=10)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a case begins. ``happened_at`` is when the contact was; it may lie before now."""

    procedure: str
    channel: str
    office: str
    happened_at: datetime
    subject: str = ""
    sender: Sender = Sender()
    party: UUID | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    incoming: Incoming | None = None
    reference: UUID | None = None
    """What the case is to be known by; the same one twice is refused by the database."""


def open_case(*, actor: Actor, now: datetime, opening: Opening) -> Outcome:
    """Open a case of the version in force. Raises ProcedureUnknown when there is none."""
    version = in_force(actor.organization_id, opening.procedure, now)
    procedure = version.procedure
    if opening.office not in procedure.offices:
        return NotMoved(refusal=Refused(code=RefusalCode.UNKNOWN_OFFICE))
    arrival = arrival_of(opening.incoming) if opening.incoming else None
    with transaction.atomic():
        case = new_case(
            actor.organization_id,
            version,
            now,
            channel=opening.channel,
            office=opening.office,
            opened_at=opening.happened_at,
            reference=opening.reference,
        )
        party = None
        if opening.party is not None:
            party = registry.view_of(actor.organization_id, procedure, opening.party)
        command = Open(
            number=case.number,
            channel=opening.channel,
            office=opening.office,
            happened_at=opening.happened_at,
            subject=opening.subject,
            sender=opening.sender,
            party=party,
            values={**opening.values, **(arrival.answers if arrival else {})},
            message=str(arrival.reference) if arrival else "",
            files=tuple(map(str, arrival.files)) if arrival else (),
        )
        try:
            outcome = followed(actor, now, begin(actor, now, case, version, command, arrival))
        except ChildRefused as error:
            outcome = NotMoved(refusal=error.refusal)
        if isinstance(outcome, NotMoved):
            transaction.set_rollback(True)
    return outcome


def complete_task(
    *,
    actor: Actor,
    now: datetime,
    case: UUID,
    task: str,
    values: Mapping[str, Value],
    checked: tuple[str, ...] = (),
    wording: Wording | None = None,
    happened_at: datetime | None = None,
) -> Outcome:
    """Complete a task of the case. Somebody else first: refused, with who and when."""

    def make(at: Position) -> Command | Refused:
        step = at.procedure.steps.get(task.partition("#")[0])
        party = _party_named(at, step.ask if step else (), values)
        if isinstance(party, Refused):
            return party
        return Complete(
            task=task,
            happened_at=happened_at or now,
            values=values,
            checked=checked,
            wording=wording,
            party=party,
            new_party=str(uuid4()),
        )

    outcome = _on_case(actor, now, case, make, about=task)
    if isinstance(outcome, NotMoved) and outcome.refusal.code is RefusalCode.TASK_GONE:
        name, at = who_completed(actor=actor, case=case, task=task)
        return NotMoved(refusal=outcome.refusal, done_by=name, done_at=at)
    return outcome


def act(
    *,
    actor: Actor,
    now: datetime,
    case: UUID,
    action: str,
    values: Mapping[str, Value],
    checked: tuple[str, ...] = (),
    wording: Wording | None = None,
    happened_at: datetime | None = None,
    done_before: int | None = None,
) -> Outcome:
    """Do one of the things that may be done at any time.

    With ``done_before`` it is refused when meanwhile it was done more often than that: the same
    form handed in twice, or two people at once.
    """

    def make(at: Position) -> Command | Refused:
        if (
            done_before is not None
            and times_done(actor=actor, case=case, action=action) > done_before
        ):
            return Refused(code=RefusalCode.TASK_GONE, params={"task": action})
        known = at.procedure.actions.get(action)
        party = _party_named(at, known.ask if known else (), values)
        if isinstance(party, Refused):
            return party
        return Act(
            action=action,
            happened_at=happened_at or now,
            values=values,
            checked=checked,
            wording=wording,
            party=party,
            new_party=str(uuid4()),
        )

    return _on_case(actor, now, case, make, about=action)


def receive(
    *, actor: Actor, now: datetime, case: UUID, incoming: Incoming, reference: UUID | None = None
) -> Outcome:
    """Add a contact from outside to the case. A robot's is kept and moves nothing.

    With a ``reference`` the same contact twice raises IntegrityError the second time.
    """
    arrival = arrival_of(incoming, reference)

    def make(at: Position) -> Command:
        opened_at = at.state.opened_at
        return Receive(
            message=str(arrival.reference),
            happened_at=max(incoming.at, opened_at) if opened_at else incoming.at,
            files=tuple(map(str, arrival.files)),
            robot=incoming.robot,
            party=at.party,
        )

    return _on_case(actor, now, case, make, about=str(arrival.reference), arrival=arrival)


def assign(*, actor: Actor, now: datetime, case: UUID, task: str, assignee: str) -> Outcome:
    """Give a task to a person, named by sign-in address, or back to the role when empty."""
    return _on_case(actor, now, case, lambda _: Assign(task=task, assignee=assignee), about=task)


def link_party(*, actor: Actor, now: datetime, case: UUID, party: UUID) -> Outcome:
    """Say whose case it is."""

    def make(at: Position) -> Command | Refused:
        view = registry.view_of(actor.organization_id, at.procedure, party)
        return LinkParty(party=view) if view else Refused(code=RefusalCode.PARTY_NEEDED)

    return _on_case(actor, now, case, make, about=str(party))


def note(
    *, actor: Actor, now: datetime, case: UUID, text: str, happened_at: datetime | None = None
) -> Outcome:
    """Add a free note."""
    return _on_case(actor, now, case, lambda _: Note(text=text, happened_at=happened_at or now))


def correct(
    *, actor: Actor, now: datetime, case: UUID, values: Mapping[str, Value], reason: str
) -> Outcome:
    """Put wrong values right, with the reason."""
    command = Correct(values=values, reason=reason, happened_at=now)
    return _on_case(actor, now, case, lambda _: command)


def cancel(*, actor: Actor, now: datetime, case: UUID, reason: str) -> Outcome:
    """Close the case without finishing it."""
    return _on_case(actor, now, case, lambda _: Cancel(reason=reason, happened_at=now))


def reopen(*, actor: Actor, now: datetime, case: UUID, reason: str) -> Outcome:
    """Open a closed case again, where the procedure says."""
    return _on_case(actor, now, case, lambda _: Reopen(reason=reason, happened_at=now))


def opt_out(
    *, actor: Actor, now: datetime, case: UUID, schedule: str, happened_at: datetime | None = None
) -> Outcome:
    """End a schedule of the case because the party wants no more of it."""
    command = OptOut(schedule=schedule, happened_at=happened_at or now)
    return _on_case(actor, now, case, lambda _: command, about=schedule)


def mark_items(
    *,
    actor: Actor,
    now: datetime,
    case: UUID,
    checklist: str,
    marks: Mapping[str, tuple[Mark | None, str]],
    happened_at: datetime | None = None,
) -> Outcome:
    """Mark items of a checklist of the case, each with what was observed."""
    command = MarkItems(checklist=checklist, marks=marks, happened_at=happened_at or now)
    return _on_case(actor, now, case, lambda _: command, about=checklist)


def meet(
    *,
    actor: Actor,
    now: datetime,
    case: UUID,
    appointment: str,
    outcome: Meeting,
    moved_to: datetime | None = None,
    note: str = "",
    happened_at: datetime | None = None,
) -> Outcome:
    """Write down what became of an appointment of the case, or move it."""
    command = Meet(
        appointment=appointment,
        outcome=outcome,
        moved_to=moved_to,
        note=note,
        happened_at=happened_at or now,
    )
    return _on_case(actor, now, case, lambda _: command, about=appointment)


def record_delivery(
    *, actor: Actor, now: datetime, case: UUID, key: str, delivery: Delivery, detail: str = ""
) -> Outcome:
    """Record what the outside said about a message of the case."""
    command = Deliver(key=key, delivery=delivery, detail=detail)
    with transaction.atomic():
        outcome = _on_case(actor, now, case, lambda _: command, about=key)
        if isinstance(outcome, Moved):
            rows = Interaction.objects.within(actor.organization_id)
            rows.filter(case__reference=case, key=key).update(delivery=str(delivery))
    return outcome


def answer(*, actor: Actor, now: datetime, case: UUID, answer: Answer) -> Outcome:
    """Tell a case what a system outside answered."""
    return _on_case(actor, now, case, lambda _: answer, about=answer.task)


def no_answer(*, actor: Actor, now: datetime, case: UUID, task: str, reason: str) -> Outcome:
    """Tell a case that a system outside does not answer, so that a person is asked."""
    return _on_case(actor, now, case, lambda _: NoAnswer(task=task, reason=reason), about=task)


def close_other(*, actor: Actor, now: datetime, case: UUID, other: CloseOther) -> Outcome:
    """Tell a case that one which it opened has closed."""
    return _on_case(actor, now, case, lambda _: other, about=other.key)


def tick(*, actor: Actor, now: datetime, case: UUID) -> Outcome:
    """Let whatever is due in one case happen."""
    return _on_case(actor, now, case, lambda _: Tick())


def tick_next(*, now: datetime) -> bool:
    """Move on the case that has waited longest for time to pass; False when none is due.

    A case that cannot be moved is put off for a while, so that the others' time does not stop.
    """
    with transaction.atomic():
        row = store.lock_next_due(now)
        if row is None:
            return False
        if not _tick(row, now):
            store.wake_later(row.id, now + _PUT_OFF)
        return True


def _tick(row: store.CaseRow, now: datetime) -> bool:
    """Let time pass for a locked case; False when that changed nothing."""
    actor = system_actor(row.organization_id, "reloj")
    try:
        with transaction.atomic():
            outcome = followed(actor, now, move(actor, now, row, lambda _: Tick()))
    except (InterfaceError, OperationalError):  # the database is away: no case is to blame
        raise
    except Exception as error:  # noqa: BLE001 - one case that breaks must not stop the others
        _log.exception("tick_broke", case=str(row.reference), error=type(error).__name__)
        return False
    if isinstance(outcome, Moved) and outcome.facts:
        return True
    code = str(outcome.refusal.code) if isinstance(outcome, NotMoved) else "nothing_due"
    _log.error("tick_changed_nothing", case=str(row.reference), code=code)
    return False


def _on_case(
    actor: Actor,
    now: datetime,
    case: UUID,
    make: CommandMaker,
    about: str = "",
    arrival: Arrival | None = None,
) -> Outcome:
    """Move a locked case, in one transaction.

    Somebody else may give the same official number to a party at this very moment; the second
    try finds that party.
    """
    for is_last in (False, True):
        try:
            with transaction.atomic():
                row = store.lock_case(actor.organization_id, case)
                if row is None:
                    raise CaseNotFound(str(case))
                return followed(actor, now, move(actor, now, row, make, about, arrival))
        except ChildRefused as error:
            return NotMoved(refusal=error.refusal)
        except PartyErased:
            return NotMoved(refusal=Refused(code=RefusalCode.PARTY_NEEDED))
        except IdentifierTaken:
            if is_last:
                break
    return NotMoved(refusal=Refused(code=RefusalCode.IDENTIFIER_TAKEN))


def _party_named(
    at: Position, asked: tuple[Ask, ...], values: Mapping[str, Value]
) -> PartyView | Refused | None:
    """The registry's party whom the typed identifiers name, or the case's own as it is now.

    Refuses an identifier that is another party's when the case already has one.
    """
    named = registry.named_by_identifiers(at.organization_id, at.procedure, asked, values)
    own = at.party or at.state.party
    if named is None or (own is not None and own.ref == named.view.ref):
        return at.party
    if own is not None:
        return Refused(code=RefusalCode.IDENTIFIER_TAKEN, datum=named.datum)
    return named.view
