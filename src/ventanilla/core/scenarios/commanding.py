"""From what happens in a scenario to a command, and who gives it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ventanilla.core.definition.expressions import Value
from ventanilla.core.definition.model import Action, Step
from ventanilla.core.definition.values import Unreadable
from ventanilla.core.engine.commands import (
    SYSTEM,
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
    Note,
    Open,
    OptOut,
    Performer,
    PerformerKind,
    Receive,
    RefusalCode,
    Refused,
    Reopen,
)
from ventanilla.core.engine.state import PartyView, visit_key
from ventanilla.core.scenarios import model as m
from ventanilla.core.scenarios.cast import Cast

PARTY = Performer(kind=PerformerKind.PARTY, id="party")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A command and who gives it. ``party`` is the key of a party of the setting.

    ``unreadable`` is why a form would not take what was typed: no command comes of it then.
    """

    command: Command
    by: Performer
    subject: str = ""
    party: str = ""
    unreadable: Refused | None = None


def order(step: m.Happening, cast: Cast, now: datetime, messages: int) -> Order:
    """What the step asks of the case; ``messages`` is how many have come before."""
    build = _ORDERS[type(step)]
    return build(step, cast, getattr(step, "happened", None) or now, f"message-{messages + 1}")


def _opens(step: m.Opens, cast: Cast, at: datetime, message: str) -> Order:
    values, unreadable = _typed(step.values)
    command = Open(
        number="",
        channel=step.channel,
        office=step.office,
        happened_at=at,
        subject=step.subject,
        sender=step.sender,
        message=message,
        files=step.files,
        values=values,
    )
    by = cast.someone(step.by) if step.by else SYSTEM
    return Order(
        command=command, by=by, subject=step.channel, party=step.party, unreadable=unreadable
    )


def _does(step: m.Does, cast: Cast, at: datetime, _message: str) -> Order:
    part = cast.procedure.steps[step.step]
    active = cast.active(step.step)
    latest = active.visit if active else cast.state.visits.get(step.step, 1)
    values, unreadable = _typed(step.values)
    command = Complete(
        task=visit_key(step.step, step.visit or latest),
        happened_at=at,
        values=values,
        checked=_ticked(step.checked, part),
        wording=step.wording,
    )
    by = cast.someone(step.by) if step.by else cast.performer_of(part)
    return Order(command=command, by=by, subject=command.task, unreadable=unreadable)


def _acts(step: m.Acts, cast: Cast, at: datetime, _message: str) -> Order:
    part = cast.procedure.actions[step.action]
    values, unreadable = _typed(step.values)
    command = Act(
        action=step.action,
        happened_at=at,
        values=values,
        checked=_ticked(step.checked, part),
        wording=step.wording,
    )
    by = cast.someone(step.by) if step.by else cast.performer_of(part)
    return Order(command=command, by=by, subject=step.action, unreadable=unreadable)


def _receives(step: m.Receives, _cast: Cast, at: datetime, message: str) -> Order:
    command = Receive(message=message, happened_at=at, files=step.files, robot=step.robot)
    return Order(command=command, by=PARTY)


def _assigns(step: m.Assigns, cast: Cast, _at: datetime, _message: str) -> Order:
    active = cast.active(step.step)
    task = active.key if active else visit_key(step.step, cast.state.visits.get(step.step, 1))
    by = cast.someone(step.by) if step.by else cast.performer_of(cast.procedure.steps[step.step])
    return Order(command=Assign(task=task, assignee=step.to), by=by, subject=task)


def _links(step: m.Links, cast: Cast, _at: datetime, _message: str) -> Order:
    command = LinkParty(party=PartyView(ref=step.party))
    return Order(command=command, by=cast.someone(step.by), subject=step.party, party=step.party)


def _notes(step: m.Notes, cast: Cast, at: datetime, _message: str) -> Order:
    return Order(command=Note(text=step.text, happened_at=at), by=cast.someone(step.by))


def _delivers(step: m.Delivers, cast: Cast, _at: datetime, _message: str) -> Order:
    key = f"{step.message}#{cast.state.messages.get(step.message, 0)}"
    command = Deliver(key=key, delivery=step.delivery, detail=step.detail)
    return Order(command=command, by=SYSTEM, subject=key)


def _answers(step: m.Answers, cast: Cast, at: datetime, _message: str) -> Order:
    active = cast.active(step.step)
    task = active.key if active else visit_key(step.step, cast.state.visits.get(step.step, 1))
    command = Answer(
        task=task,
        values=step.values,
        source="system",
        happened_at=active.entered_at if active else at,
    )
    return Order(command=command, by=SYSTEM, subject=task)


def _closes_other(step: m.ClosesOther, cast: Cast, at: datetime, _message: str) -> Order:
    of = [key for key, one in cast.state.children.items() if one.procedure == step.procedure]
    key = of[-1] if of else ""
    command = CloseOther(
        key=key, number=key, result=step.result, values=step.values, happened_at=at
    )
    return Order(command=command, by=SYSTEM, subject=step.procedure)


def _corrects(step: m.Corrects, cast: Cast, at: datetime, _message: str) -> Order:
    values, unreadable = _typed(step.values)
    command = Correct(values=values, reason=step.reason, happened_at=at)
    return Order(command=command, by=cast.someone(step.by), unreadable=unreadable)


def _cancels(step: m.Cancels, cast: Cast, at: datetime, _message: str) -> Order:
    return Order(command=Cancel(reason=step.reason, happened_at=at), by=cast.someone(step.by))


def _reopens(step: m.Reopens, cast: Cast, at: datetime, _message: str) -> Order:
    return Order(command=Reopen(reason=step.reason, happened_at=at), by=cast.someone(step.by))


def _opts_out(step: m.OptsOut, cast: Cast, at: datetime, _message: str) -> Order:
    by = cast.someone(step.by) if step.by else PARTY
    command = OptOut(schedule=step.schedule, happened_at=at)
    return Order(command=command, by=by, subject=step.schedule)


def _marks(step: m.Marks, cast: Cast, at: datetime, _message: str) -> Order:
    whose = cast.procedure.checklists[step.checklist].who[0].role
    command = MarkItems(checklist=step.checklist, marks=step.marks, happened_at=at)
    by = cast.someone(step.by or whose)
    return Order(command=command, by=by, subject=step.checklist)


def _meets(step: m.Meets, cast: Cast, at: datetime, _message: str) -> Order:
    whose = cast.procedure.appointments[step.appointment].who[0].role
    command = Meet(
        appointment=step.appointment,
        outcome=step.outcome,
        happened_at=at,
        moved_to=step.moved_to,
        note=step.note,
    )
    return Order(command=command, by=cast.someone(step.by or whose), subject=step.appointment)


def _typed(given: m.Given) -> tuple[dict[str, Value], Refused | None]:
    """The values that a form would hand in, and why it would not."""
    values: dict[str, Value] = {}
    for name, value in given.items():
        if isinstance(value, Unreadable):
            params = {"why": str(value.code), **value.params}
            return {}, Refused(code=RefusalCode.FIELD_UNREADABLE, datum=name, params=params)
        values[name] = value
    return values, None


def _ticked(checked: tuple[str, ...] | None, part: Step | Action) -> tuple[str, ...]:
    return tuple(item.key for item in part.do) if checked is None else checked


_ORDERS: Mapping[type[Any], Callable[[Any, Cast, datetime, str], Order]] = {
    m.Opens: _opens,
    m.Does: _does,
    m.Acts: _acts,
    m.Receives: _receives,
    m.Assigns: _assigns,
    m.Links: _links,
    m.Notes: _notes,
    m.Delivers: _delivers,
    m.Answers: _answers,
    m.ClosesOther: _closes_other,
    m.Corrects: _corrects,
    m.Cancels: _cancels,
    m.Reopens: _reopens,
    m.OptsOut: _opts_out,
    m.Marks: _marks,
    m.Meets: _meets,
}
