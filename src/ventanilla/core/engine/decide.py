"""The decider: what a command comes to, given where the case stands. Pure and total.

Whatever fell due before the command happened is done first, so that a case never depends on when
a worker last looked at it. A refused command leaves nothing behind.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from ventanilla.core.definition.model import Event, EventKind, Procedure, Send, Step, Who
from ventanilla.core.engine import entries, forms, keeping, outside, signing
from ventanilla.core.engine import facts as f
from ventanilla.core.engine.commands import (
    Accepted,
    Act,
    Answer,
    Assign,
    Cancel,
    CloseOther,
    Command,
    Complete,
    Correct,
    Decision,
    Deliver,
    LinkParty,
    MarkItems,
    Meet,
    NoAnswer,
    Note,
    Open,
    OptOut,
    Performer,
    PerformerKind,
    Receive,
    RefusalCode,
    Refused,
    Reopen,
    Tick,
)
from ventanilla.core.engine.flow import Run
from ventanilla.core.engine.roster import Roster
from ventanilla.core.engine.sheets import owed_by
from ventanilla.core.engine.state import ActiveStep, PartyView, State, Status, TrackStatus
from ventanilla.core.engine.timers import catch_up
from ventanilla.core.engine.waits import answer_waits
from ventanilla.core.engine.working import Runaway

_NUMBER = re.compile("[1-9][0-9]{0,8}")
MOST_DEPTH = 8
"""A case may be opened by a case that was opened by a case, so many times."""


def decide(
    procedure: Procedure,
    state: State,
    command: Command,
    *,
    now: datetime,
    by: Performer,
    roster: Roster | None = None,
) -> Decision:
    """Say what becomes true, or why nothing does. ``now`` is aware; equal inputs, equal answer.

    Without a roster nobody is picked; the answer says so when somebody should have been.
    """
    at = getattr(command, "happened_at", now)
    refusal = _guard(state, command, at, now)
    if refusal is not None:
        return refusal
    run = Run(procedure, state, at, now, by, roster)
    try:
        catch_up(run, at)
        refusal = _HANDLERS[type(command)](run, command)
        if refusal is not None:
            return refusal
        run.settle()
    except Runaway:
        return Refused(code=RefusalCode.RUNAWAY)
    return Accepted(facts=tuple(run.facts), state=run.state, unstaffed=run.unstaffed)


def _guard(state: State, command: Command, at: datetime, now: datetime) -> Refused | None:
    if isinstance(command, Open):
        if state.status is not Status.NEW:
            return Refused(code=RefusalCode.ALREADY_OPEN)
    elif state.status is Status.NEW:
        return Refused(code=RefusalCode.NOT_OPEN)
    if at > now:
        return Refused(code=RefusalCode.IN_THE_FUTURE)
    if state.opened_at is not None and at < state.opened_at:
        return Refused(code=RefusalCode.BEFORE_OPENING)
    return None


def _needs_open(run: Run) -> Refused | None:
    if run.state.status is Status.OPEN:
        return None
    return Refused(code=RefusalCode.NOT_OPEN)


def _open(run: Run, command: Open) -> Refused | None:
    if command.channel not in run.procedure.channels:
        return Refused(code=RefusalCode.UNKNOWN_CHANNEL, params={"channel": command.channel})
    if command.office not in run.procedure.offices:
        return Refused(code=RefusalCode.UNKNOWN_OFFICE, params={"office": command.office})
    if command.depth > MOST_DEPTH:
        return Refused(code=RefusalCode.TOO_DEEP)
    for name, value in command.values.items():
        refusal = forms.unfit(run.procedure, name, value)
        if refusal is not None:
            return refusal
    run.tell(
        f.Opened(
            number=command.number,
            channel=command.channel,
            office=command.office,
            subject=command.subject,
            sender=command.sender,
            at=run.at,
            depth=command.depth,
        )
    )
    if command.party is not None:
        run.tell(f.PartyLinked(party=command.party))
    if command.message:
        run.tell(f.MessageReceived(ref=command.message, at=run.at, files=command.files))
    run.set({**forms.defaults(run.procedure), **command.values})
    run.tell(f.TrackBegun(track="main"), Event(EventKind.OPENED))
    run.go(run.procedure.steps[run.procedure.tracks["main"].first])
    return None


def _complete(run: Run, command: Complete) -> Refused | None:
    refusal = _needs_open(run)
    if refusal is not None:
        return refusal
    name, visit = _numbered(command.task)
    step = run.procedure.steps.get(name)
    if step is None or owed_by(step, run.state) is None or step.who is None:
        return Refused(code=RefusalCode.TASK_UNKNOWN, params={"task": command.task})
    active = run.state.active.get(command.task)
    if active is None:
        gone = 1 <= visit <= run.state.visits.get(name, 0)
        code = RefusalCode.TASK_GONE if gone else RefusalCode.TASK_UNKNOWN
        return Refused(code=code, params={"task": command.task})
    if step.approve is None:
        refusal = forms.may_do(run, step.who, active.assignee)
        if refusal is not None:
            return refusal
    run.at = max(run.at, active.entered_at)
    _look_at_party(run, command.party)
    if step.approve is not None:
        return signing.sign(run, step, step.approve, active, command)
    refusal = forms.fill_in(run, step, command)
    if refusal is not None:
        return refusal
    if step.check is not None:
        _tell_answer(run, active, outside.PERSON)
    by = run.by.id if run.by.kind is PerformerKind.PERSON else ""
    run.complete(step, active.visit, command.checked, by)
    return None


def _act(run: Run, command: Act) -> Refused | None:
    refusal = _needs_open(run)
    if refusal is not None:
        return refusal
    action = run.procedure.actions.get(command.action)
    if action is None:
        return Refused(code=RefusalCode.ACTION_UNKNOWN, params={"action": command.action})
    if action.condition is not None and not run.holds(action.condition):
        return Refused(code=RefusalCode.ACTION_UNAVAILABLE, params={"action": command.action})
    if action.who and all(forms.may_do(run, who, "") is not None for who in action.who):
        return Refused(code=RefusalCode.NOT_YOURS, params={"role": action.who[0].role})
    _look_at_party(run, command.party)
    refusal = entries.unfit_entry(run, action.entry, command) if action.entry else None
    if refusal is not None:
        return refusal
    before = run.state.fields
    refusal = forms.fill_in(run, action, command)
    if refusal is not None:
        return refusal
    scope = run.scope()
    run.set({name: expression.evaluate(scope) for name, expression in action.set})
    run.add_rows(action.add)
    run.tell(
        f.ActionTaken(action=action.name, at=run.at, checked=command.checked),
        Event(EventKind.ACTED, action.name),
    )
    if action.entry is not None:
        field = action.entry.field
        again = before.get(field) == command.values[field]
        entries.make_entry(run, action.entry, command.values, again)
    run.note(action.note)
    if action.cancel_track is not None:
        run.cancel_track(action.cancel_track)
    run.open_case(action.open)
    if action.go is not None:
        run.go_aside(run.procedure.steps[action.go])
    if action.end is not None:
        run.end_main(action.end)
    return None


def _receive(run: Run, command: Receive) -> Refused | None:
    _look_at_party(run, command.party)
    received = f.MessageReceived(
        ref=command.message, at=run.at, files=command.files, robot=command.robot
    )
    if command.robot:
        run.tell(received)
        return None
    if run.state.status is Status.CLOSED and run.procedure.reopen is not None:
        run.tell(received)
        return _reopen_at(run, run.procedure.reopen, "message")
    run.tell(received, Event(EventKind.RECEIVED))
    if run.state.status is Status.OPEN:
        answer_waits(run, command.files)
    return None


def _answer(run: Run, command: Answer) -> Refused | None:
    active, step = _asking(run, command.task)
    if active is None or step is None or step.check is None:
        return Refused(code=RefusalCode.TASK_GONE, params={"task": command.task})
    run.at = max(run.at, active.entered_at)
    if not outside.readable(run.procedure.connectors[step.check.connector], command.values):
        run.ask_people(step, active.visit, "unreadable")
        return None
    run.set({field: command.values.get(name) for name, field in step.check.into})
    _tell_answer(run, active, command.source, command.as_of)
    run.complete(step, active.visit)
    return None


def _tell_answer(run: Run, active: ActiveStep, source: str, as_of: str = "") -> None:
    run.tell(
        f.Answered(step=active.step, visit=active.visit, source=source, as_of=as_of, at=run.at),
        Event(EventKind.ANSWERED, active.step),
    )


def _no_answer(run: Run, command: NoAnswer) -> Refused | None:
    active, step = _asking(run, command.task)
    if active is None or step is None:
        return Refused(code=RefusalCode.TASK_GONE, params={"task": command.task})
    run.ask_people(step, active.visit, command.reason)
    return None


def _asking(run: Run, task: str) -> tuple[ActiveStep | None, Step | None]:
    """The visit at which a connector still owes the answer, and its step."""
    active = run.state.active.get(task)
    if active is None or not active.asks:
        return None, None
    return active, run.procedure.steps[active.step]


def _close_other(run: Run, command: CloseOther) -> Refused | None:
    """Take note that a case which this one opened has closed; told twice it is known already."""
    child = run.state.children.get(command.key)
    if child is None:
        return Refused(code=RefusalCode.CASE_UNKNOWN, params={"case": command.key})
    if child.closed:
        return None
    closed = f.OtherClosed(
        key=command.key,
        procedure=child.procedure,
        number=command.number,
        result=command.result,
        at=run.at,
    )
    if run.state.status is not Status.OPEN:
        run.tell(closed)
        return None
    opening = run.procedure.openings[child.opening]
    run.set(outside.taken_back(run.procedure, opening, command.result, command.values))
    run.tell(closed, Event(EventKind.CLOSED, child.procedure))
    return None


def _tick(run: Run, command: Tick) -> Refused | None:
    return None


def _assign(run: Run, command: Assign) -> Refused | None:
    active = run.state.active.get(command.task)
    if active is None:
        return Refused(code=RefusalCode.TASK_GONE, params={"task": command.task})
    who = owed_by(run.procedure.steps[active.step], run.state)
    if who is None:
        return Refused(code=RefusalCode.TASK_UNKNOWN, params={"task": command.task})
    if run.by.kind is PerformerKind.PERSON and not _has(run.by, active.assignee):
        refusal = forms.may_do(run, who, "")
        supervises = forms.may_do(run, Who(role=run.procedure.owner), "") is None
        if refusal is not None and not supervises:
            return refusal
    if active.assignee != command.assignee:
        run.tell(f.Assigned(step=active.step, visit=active.visit, assignee=command.assignee))
    return None


def _has(by: Performer, assignee: str) -> bool:
    """Whether the task is the person's, or of somebody for whom the person stands in."""
    return assignee == by.id or assignee in by.stands_for


def _link_party(run: Run, command: LinkParty) -> Refused | None:
    _look_at_party(run, command.party)
    return None


def _note(run: Run, command: Note) -> Refused | None:
    if not command.text.strip():
        return Refused(code=RefusalCode.REASON_NEEDED, datum="text")
    run.tell(f.Noted(text=command.text, at=run.at))
    return None


def _deliver(run: Run, command: Deliver) -> Refused | None:
    message, count = _numbered(command.key)
    if not 1 <= count <= run.state.messages.get(message, 0):
        return Refused(code=RefusalCode.MESSAGE_UNKNOWN, params={"message": command.key})
    run.tell(
        f.DeliveryKnown(
            key=command.key, delivery=command.delivery, detail=command.detail, at=run.at
        )
    )
    known = run.procedure.messages.get(message)
    fallback = known.fallback if known is not None else None
    replaced = run.state.replaced
    is_first = command.key not in replaced and command.key not in replaced.values()
    if command.delivery is f.Delivery.FAILED and fallback is not None and is_first:
        run.send(Send(message=message, via=fallback), instead_of=command.key)
    return None


def _correct(run: Run, command: Correct) -> Refused | None:
    if not command.reason.strip():
        return Refused(code=RefusalCode.REASON_NEEDED, datum="reason")
    for name, value in command.values.items():
        refusal = forms.unfit(run.procedure, name, value)
        if refusal is not None:
            return refusal
    changed = {k: v for k, v in command.values.items() if run.state.fields.get(k) != v}
    if changed:
        events = (Event(EventKind.SET, name) for name in changed)
        run.tell(f.Corrected(values=changed, reason=command.reason), *events)
    return None


def _cancel(run: Run, command: Cancel) -> Refused | None:
    refusal = _needs_open(run)
    if refusal is not None:
        return refusal
    if not command.reason.strip():
        return Refused(code=RefusalCode.REASON_NEEDED, datum="reason")
    for track, status in sorted(run.state.tracks.items()):
        if status is TrackStatus.BEGUN:
            run.leave(track)
            run.tell(f.TrackEnded(track=track))
    run.drop_clocks()
    run.tell(f.Cancelled(reason=command.reason, at=run.at), Event(EventKind.CLOSED))
    return None


def _reopen(run: Run, command: Reopen) -> Refused | None:
    if run.state.status is not Status.CLOSED or run.procedure.reopen is None:
        return Refused(code=RefusalCode.CANNOT_REOPEN)
    if not command.reason.strip():
        return Refused(code=RefusalCode.REASON_NEEDED, datum="reason")
    return _reopen_at(run, run.procedure.reopen, command.reason)


def _reopen_at(run: Run, step: str, reason: str) -> Refused | None:
    run.tell(f.Reopened(reason=reason, at=run.at), Event(EventKind.REOPENED))
    run.go_aside(run.procedure.steps[step])
    return None


def _numbered(key: str) -> tuple[str, int]:
    """The name and number of a visit or message; 0 when the key is not one of ours."""
    name, _, number = key.partition("#")
    return (name, int(number)) if _NUMBER.fullmatch(number) else (name, 0)


def _look_at_party(run: Run, party: PartyView | None) -> None:
    if party is not None and party != run.state.party:
        run.tell(f.PartyLinked(party=party))


_HANDLERS: Mapping[type[Any], Callable[[Run, Any], Refused | None]] = {
    Open: _open,
    Complete: _complete,
    Act: _act,
    Receive: _receive,
    Answer: _answer,
    NoAnswer: _no_answer,
    CloseOther: _close_other,
    Tick: _tick,
    Assign: _assign,
    LinkParty: _link_party,
    Note: _note,
    Deliver: _deliver,
    Correct: _correct,
    Cancel: _cancel,
    Reopen: _reopen,
    OptOut: keeping.opt_out,
    MarkItems: keeping.mark_items,
    Meet: keeping.meet,
}
